package io.reprise.worker.backfill;

import io.reprise.activities.backfill.BackfillRequests;
import io.reprise.activities.backfill.LedgerBackfills;
import io.reprise.activities.backfill.SlotRounds;
import io.reprise.activities.schedule.KnownPipelines;
import io.reprise.activities.schedule.SlotAcceptance;
import io.reprise.db.Ledger;
import io.reprise.db.backfill.Backfill;
import io.reprise.db.backfill.BackfillState;
import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import io.reprise.worker.run.Registration;
import io.reprise.worker.shared.Rounds;
import io.reprise.workflows.backfill.BackfillRun;
import io.reprise.workflows.backfill.BackfillStart;
import io.reprise.workflows.backfill.BackfillWorkflow;
import io.reprise.workflows.run.Name;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What backfills bring to the worker. */
public final class Backfilling {

    private static final Duration REST = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Ledger ledger;
    private final SlotAcceptance acceptance;

    public Backfilling(Ledger ledger, SlotAcceptance acceptance) {
        this.ledger = ledger;
        this.acceptance = acceptance;
    }

    public Registration registration() {
        SlotRounds rounds = new SlotRounds(
                ledger.backfillSlots(),
                ledger.runs(),
                new BackfillRequests(new KnownPipelines(ledger.definitions())),
                acceptance);
        return new Registration(
                BackfillWorkflow.TASK_QUEUE,
                List.of(BackfillRun.class),
                List.of(new LedgerBackfills(ledger.backfills(), rounds)));
    }

    /** Whoever took or resumed a backfill may have been lost before it was driven. */
    public Rounds watch(WorkflowClient temporal) {
        return Rounds.start("backfills", GRACE, () -> {
            startWhatRuns(temporal);
            return REST;
        });
    }

    private void startWhatRuns(WorkflowClient temporal) {
        PageRequest request = PageRequest.first(Page.MOST);
        OptionalLong next;
        do {
            Page<Backfill> page =
                    ledger.backfills().page(Optional.empty(), Optional.of(BackfillState.RUNNING), request);
            page.items().forEach(it -> new BackfillStart(new Name(it.pipeline()), it.backfillId()).start(temporal));
            next = page.next();
            request = next.isPresent() ? request.after(next.getAsLong()) : request;
        } while (next.isPresent());
    }
}
