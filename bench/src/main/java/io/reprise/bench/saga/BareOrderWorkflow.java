package io.reprise.bench.saga;

import io.reprise.workflows.order.Order;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** An order as one would write it without Reprise: four activities one after the other, and nothing that undoes them. */
@WorkflowInterface
public interface BareOrderWorkflow {

    String TYPE = "bare-order";

    @WorkflowMethod(name = TYPE)
    void place(Order order);
}
