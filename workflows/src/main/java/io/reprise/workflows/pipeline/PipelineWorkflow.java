package io.reprise.workflows.pipeline;

import io.reprise.workflows.run.RunContext;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Runs one pipeline for one slot. Every other end than success is a failure of the workflow, with its reason as the type. */
@WorkflowInterface
public interface PipelineWorkflow {

    String TYPE = "pipeline";
    String TASK_QUEUE = "pipeline";

    @WorkflowMethod(name = TYPE)
    void run(RunContext context, PipelineInput input);
}
