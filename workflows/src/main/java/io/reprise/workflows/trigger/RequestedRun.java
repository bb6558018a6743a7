package io.reprise.workflows.trigger;

import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;

/** The run that a record asks for, before anybody has accepted it. */
public sealed interface RequestedRun {

    WorkflowId workflowId();

    /**
     * Of an order.
     *
     * @param mode how its steps are executed first
     */
    record OfOrder(WorkflowId workflowId, RunInput input, StepMode mode) implements RequestedRun {}

    /**
     * Of a pipeline.
     *
     * @param slots how many runs of the pipeline may be open at once
     * @param sequential whether its slot waits for those before it
     */
    record OfPipeline(WorkflowId workflowId, PipelineInput input, int slots, boolean sequential)
            implements RequestedRun {}
}
