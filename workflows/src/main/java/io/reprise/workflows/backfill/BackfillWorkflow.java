package io.reprise.workflows.backfill;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Drives a backfill until it is paused or has ended, however long that takes. It holds no state: everything is read from the
 * ledger, and its history is cut off long before it grows large.
 */
@WorkflowInterface
public interface BackfillWorkflow {

    String TYPE = "backfill";
    String TASK_QUEUE = "backfill";

    @WorkflowMethod(name = TYPE)
    BackfillTurn drive(String backfillId);
}
