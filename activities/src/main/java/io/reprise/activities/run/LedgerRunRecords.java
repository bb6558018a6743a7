package io.reprise.activities.run;

import io.reprise.db.run.Outcomes;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.RunRecords;

/** Settles runs in the ledger. An outcome that comes late, or twice, changes nothing; a ledger that is away is waited for. */
public final class LedgerRunRecords implements RunRecords {

    private final Outcomes outcomes;

    public LedgerRunRecords(Outcomes outcomes) {
        this.outcomes = outcomes;
    }

    @Override
    public void settle(RunOutcome outcome) {
        outcomes.settle(outcome);
    }
}
