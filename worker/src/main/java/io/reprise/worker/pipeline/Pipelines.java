package io.reprise.worker.pipeline;

import io.reprise.activities.pipeline.PipelineParts;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.db.Ledger;
import io.reprise.worker.run.Registration;
import io.reprise.workflows.connection.ConnectionPreparing;
import io.reprise.workflows.connection.ConnectionWorkflow;
import io.reprise.workflows.pipeline.PipelineRun;
import io.reprise.workflows.pipeline.PipelineWorkflow;
import io.reprise.workflows.pipeline.TrialRun;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;

/** What pipelines bring to a worker: their workflow, and every step that changes no database. */
public final class Pipelines {

    // Commands and looks hold no connection of a pool.
    private static final int AT_ONCE = 32;

    private Pipelines() {}

    public static Registration registration(Ledger ledger, WorkflowClient temporal, String workerId, Clock clock) {
        return new Registration(
                PipelineWorkflow.TASK_QUEUE,
                List.of(PipelineRun.class, TrialRun.class),
                PipelineParts.on(ledger, temporal, PipelineDefinition::plan, workerId, clock, System.getenv()),
                OptionalInt.of(AT_ONCE));
    }

    /** What has a connection prepared; its activity is served where the connection is. */
    public static Registration preparingConnections() {
        return new Registration(ConnectionWorkflow.TASK_QUEUE, List.of(ConnectionPreparing.class), List.of());
    }
}
