package io.reprise.activities.saga;

import io.reprise.activities.sql.Pipeline;

/** Where the ledger learns what a step did. The fence is the truth; what the ledger holds can be rebuilt from it. */
public interface LedgerEntries {

    /** Statements that write the fact in the step's own transaction; none where the ledger is another database. */
    Pipeline joining(StepFact fact);

    /** Called after the commit, and again when a repeated step finds itself done. Never fails the step. */
    void committed(StepFact fact);

    /** Called after an attempt was rolled back. Never fails the step. */
    void rolledBack(StepFact fact);
}
