package io.reprise.api.backfill;

import io.grpc.StatusRuntimeException;
import io.reprise.api.access.Actor;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.catalog.shared.FieldError;
import io.reprise.db.backfill.Backfill;
import io.reprise.db.backfill.BackfillSlots;
import io.reprise.db.backfill.BackfillState;
import io.reprise.db.backfill.Backfills;
import io.reprise.workflows.backfill.BackfillStart;
import io.reprise.workflows.run.Name;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowServiceException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators do about backfills. The ledger decides; whoever is lost in between, a worker drives it on. */
public final class BackfillVerbs {

    /** More slots than that are started only where somebody says that they are meant. */
    static final int UNCONFIRMED = 10_000;

    private static final Logger log = LoggerFactory.getLogger(BackfillVerbs.class);

    private final Backfills backfills;
    private final BackfillSlots slots;
    private final WorkflowClient temporal;

    public BackfillVerbs(Backfills backfills, BackfillSlots slots, WorkflowClient temporal) {
        this.backfills = backfills;
        this.slots = slots;
        this.temporal = temporal;
    }

    Backfill start(PlannedBackfill plan, Actor actor) {
        int count = plan.slots().size();
        if (count > UNCONFIRMED && !plan.wish().confirmed()) {
            throw Refused.because(
                    ProblemType.INVALID,
                    "asked for a backfill " + plan.wish().words() + ", which is more than " + UNCONFIRMED
                            + " at once (expected: fewer, or --yes)",
                    List.of(new FieldError("/yes", "false", "true, if " + count + " slots are meant")));
        }
        Backfill taken = backfills.create(plan.asked(actor.name()), plan.slots());
        drive(taken);
        return taken;
    }

    /** Runs that are open go on; no other is started. */
    Backfill pause(Backfill backfill, String reason) {
        return moved(backfill, Set.of(BackfillState.RUNNING), BackfillState.PAUSED, Optional.of(reason));
    }

    Backfill resume(Backfill backfill) {
        Backfill resumed = moved(backfill, Set.of(BackfillState.PAUSED), BackfillState.RUNNING, Optional.empty());
        drive(resumed);
        return resumed;
    }

    /** For good: what was not started never is. Runs that are open go on to their end. */
    Backfill cancel(Backfill backfill, String reason) {
        Backfill cancelled = moved(
                backfill,
                Set.of(BackfillState.RUNNING, BackfillState.PAUSED),
                BackfillState.CANCELLED,
                Optional.of(reason));
        slots.cancelPlanned(cancelled.backfillId());
        drive(cancelled);
        return cancelled;
    }

    /** Runs once more what failed. */
    Backfill retry(Backfill backfill) {
        if (backfill.state() == BackfillState.CANCELLED) {
            throw notPossible(backfill, "one that was not cancelled");
        }
        if (slots.planFailedAgain(backfill.backfillId()) == 0) {
            throw notPossible(backfill, "slots that failed, and it has none");
        }
        Backfill again = moved(
                backfill,
                Set.of(BackfillState.RUNNING, BackfillState.PAUSED, BackfillState.DONE),
                BackfillState.RUNNING,
                Optional.empty());
        drive(again);
        return again;
    }

    private Backfill moved(Backfill backfill, Set<BackfillState> from, BackfillState to, Optional<String> reason) {
        return backfills
                .move(backfill.backfillId(), from, to, reason)
                .orElseThrow(() -> notPossible(
                        backfills.byId(backfill.backfillId()).orElse(backfill),
                        from.stream().map(BackfillState::name).sorted().collect(Collectors.joining(" or "))));
    }

    private static Refused notPossible(Backfill backfill, String expected) {
        return Refused.because(
                ProblemType.NOT_POSSIBLE,
                "backfill " + backfill.backfillId() + " is " + backfill.state() + " (expected: " + expected + ")");
    }

    private void drive(Backfill backfill) {
        try {
            new BackfillStart(new Name(backfill.pipeline()), backfill.backfillId()).start(temporal);
        } catch (StatusRuntimeException | WorkflowServiceException away) {
            log.warn(
                    "cannot have backfill {} driven now; a worker asks again: {}",
                    backfill.backfillId(),
                    away.toString());
        }
    }
}
