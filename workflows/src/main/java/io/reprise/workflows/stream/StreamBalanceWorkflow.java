package io.reprise.workflows.stream;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Counts, once, what became of each record of a stream. It is no run in the ledger and changes nothing. */
@WorkflowInterface
public interface StreamBalanceWorkflow {

    String TYPE = "stream-balance";

    @WorkflowMethod(name = TYPE)
    StreamBalance balance(BalanceOrder order);
}
