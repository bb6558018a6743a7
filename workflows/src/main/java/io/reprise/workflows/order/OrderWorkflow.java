package io.reprise.workflows.order;

import io.reprise.workflows.run.RunContext;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Places one order. Every other end than a completed order is a failure of the workflow, with its reason as the type. */
@WorkflowInterface
public interface OrderWorkflow {

    String TYPE = "order";
    String TASK_QUEUE = "order";

    @WorkflowMethod(name = TYPE)
    OrderOutcome place(RunContext context, Order order);
}
