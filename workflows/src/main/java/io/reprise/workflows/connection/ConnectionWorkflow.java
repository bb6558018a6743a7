package io.reprise.workflows.connection;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Prepares one connection, once, and answers what came of it. It is no run in the ledger. */
@WorkflowInterface
public interface ConnectionWorkflow {

    String TYPE = "connection";
    String TASK_QUEUE = "connection";

    @WorkflowMethod(name = TYPE)
    Prepared prepare(PreparationOrder order);
}
