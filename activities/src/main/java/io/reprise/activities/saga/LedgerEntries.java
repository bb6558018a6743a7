package io.reprise.activities.saga;

import io.reprise.activities.sql.Pipeline;

/** Where the ledger learns what a step did. The fence is the truth; what the ledger holds can be rebuilt from it. */
public interface LedgerEntries {

    /** Statements that write the entry in the step's own transaction; none where the ledger is another database. */
    Pipeline joining(StepEntry entry);

    /** Called after the commit, and again when a repeated step finds itself done. Never fails the step. */
    void committed(StepEntry entry);

    /** Called after an attempt was rolled back. Never fails the step. */
    void rolledBack(StepEntry entry);
}
