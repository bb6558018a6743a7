package io.reprise.db.run;

import io.reprise.workflows.run.WorkflowId;

/** What became of a request for a run. */
public sealed interface Accepted {

    /** The run stands in the ledger, QUEUED. */
    record New(RunRef run) implements Accepted {}

    /** The same run was accepted before. */
    record Same(RunRef run) implements Accepted {}

    /** The workflow id is taken by a run with another input. */
    record Conflict(RunRef existing) implements Accepted {}

    /** The Idempotency-Key belongs to another request: another id, or the same with another input. */
    record KeyConflict(IdempotencyKey key, WorkflowId belongsTo) implements Accepted {}

    /** The ledger was restored from a backup and starts nothing new until that is accepted. */
    record LedgerRestored(long highWater, long mark) implements Accepted {}
}
