package io.reprise.activities.pipeline;

import io.reprise.activities.run.LedgerRunRecords;
import io.reprise.activities.schedule.KnownPipelines;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.WaitFor;
import io.reprise.catalog.pipeline.WaitStep;
import io.reprise.db.Ledger;
import io.reprise.workflows.pipeline.PipelineStep;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.pipeline.StepResult;
import io.reprise.workflows.saga.Refusal;
import io.reprise.workflows.saga.StepCall;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a worker registers on the task queue of pipelines. */
public final class PipelineParts {

    private PipelineParts() {}

    /**
     * The activities of that queue.
     *
     * @param planning makes of a definition what its workflow knows
     * @param environment of the worker, which commands inherit
     */
    public static List<Object> on(
            Ledger ledger,
            WorkflowClient temporal,
            Function<PipelineDefinition, Plan> planning,
            String worker,
            Clock clock,
            Map<String, String> environment) {
        KnownDefinitions definitions = new KnownDefinitions(new KnownPipelines(ledger.definitions()));
        ChildRuns children = new ChildRuns(definitions, ledger, temporal, planning, clock);
        return List.of(
                new WorldWaits(definitions, PipelineParts::elsewhere, children::look, clock),
                new RecordWaits(definitions, ledger, worker, clock),
                new ShellSteps(definitions, ledger, worker, clock, environment),
                new PipelineActivities(children, new HookDelivery(definitions, ledger, clock, environment)),
                new LedgerRunRecords(ledger.outcomes()));
    }

    private static StepResult elsewhere(StepCall call, PipelineStep step, WaitStep wait, WaitFor.Rows rows) {
        throw Refusal.because(
                "wrong-queue",
                "cannot look for rows in '" + rows.connection() + "' here (expected: on queue sql." + rows.connection()
                        + ")");
    }
}
