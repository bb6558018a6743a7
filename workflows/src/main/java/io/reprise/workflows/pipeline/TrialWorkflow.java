package io.reprise.workflows.pipeline;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Has one step tried, whose effects are rolled back, and answers what it did. It is no run in the ledger. */
@WorkflowInterface
public interface TrialWorkflow {

    String TYPE = "trial";

    @WorkflowMethod(name = TYPE)
    Trial run(TrialOrder order);
}
