package io.reprise.db.pipeline;

import io.reprise.db.run.NewRun;
import io.reprise.db.run.OrderRule;
import io.reprise.db.run.RunOrder;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;

/** Makes runs of pipelines, as the ledger accepts them. */
public final class PipelineRuns {

    /** The workflow type of pipelines, their task queue, and the feature in their workflow ids. */
    public static final String PIPELINE = "pipeline";

    private PipelineRuns() {}

    /**
     * A run of a pipeline.
     *
     * @param source what asks for it, such as {@code schedule}
     * @param sequential whether it waits for the runs of the pipeline that were accepted before it
     */
    public static NewRun newRun(WorkflowId id, PipelineInput input, String source, boolean sequential) {
        RunOrder order = sequential
                ? RunOrder.by(OrderRule.PER_KEY, PIPELINE + "/" + id.name().value())
                : RunOrder.FREE;
        return new NewRun(id, PIPELINE, PIPELINE, input.canonical(), StepMode.REGULAR, source, order)
                .madeFrom(input.definition());
    }
}
