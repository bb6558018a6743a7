package io.reprise.worker.schedule;

import io.reprise.activities.pipeline.LateHooks;
import io.reprise.activities.schedule.Followers;
import io.reprise.activities.schedule.InputBaselines;
import io.reprise.activities.schedule.KnownPipelines;
import io.reprise.activities.schedule.LateInputs;
import io.reprise.activities.schedule.LedgerLauncher;
import io.reprise.activities.schedule.MissedFirings;
import io.reprise.activities.schedule.OverduePromises;
import io.reprise.activities.schedule.SlotAcceptance;
import io.reprise.activities.schedule.SlotDigests;
import io.reprise.db.Ledger;
import io.reprise.worker.run.Registration;
import io.reprise.workflows.schedule.ScheduleWorkflow;
import io.reprise.workflows.schedule.SlotLauncher;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.util.List;

/** What schedules bring to the worker. */
public final class Scheduling {

    private final Ledger ledger;
    private final KnownPipelines pipelines;
    private final SlotAcceptance acceptance;
    private final SlotDigests digests;
    private final LedgerLauncher launcher;
    private final Clock clock;

    public Scheduling(Ledger ledger, SlotAcceptance acceptance, SlotDigests.Reader inputs, Clock clock) {
        this.ledger = ledger;
        this.pipelines = new KnownPipelines(ledger.definitions());
        this.acceptance = acceptance;
        this.digests = new SlotDigests(ledger.slotInputs(), inputs, clock);
        this.launcher = new LedgerLauncher(ledger.schedules(), pipelines, acceptance, digests);
        this.clock = clock;
    }

    public Registration registration() {
        return new Registration(ScheduleWorkflow.TASK_QUEUE, List.of(SlotLauncher.class), List.of(launcher));
    }

    public ScheduleKeeper keep(WorkflowClient temporal) {
        ScheduleKeeper.Duties duties = new ScheduleKeeper.Duties(
                new MissedFirings(ledger.schedules(), ledger.runs(), launcher),
                new Followers(ledger.slotFollowers(), ledger.runs(), acceptance),
                new OverduePromises(
                        ledger.schedules(),
                        pipelines,
                        ledger.overdueSlots(),
                        acceptance,
                        new LateHooks(ledger, clock, System.getenv())),
                new InputBaselines(ledger.runs(), digests),
                new LateInputs(ledger.schedules(), ledger.runs(), acceptance, digests));
        return ScheduleKeeper.start(
                ledger.schedules(),
                pipelines,
                duties,
                new FiringWatch(new TemporalSchedules(temporal), ledger.schedules()),
                clock);
    }
}
