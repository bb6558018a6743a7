package io.reprise.workflows.stream;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Finds out, once, what a stream would do to the tables of its connection. It is no run in the ledger and changes nothing. */
@WorkflowInterface
public interface StreamPlanWorkflow {

    String TYPE = "stream-plan";

    @WorkflowMethod(name = TYPE)
    StreamPlan plan(PlanOrder order);
}
