package io.reprise.workflows.run;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Writes a run's outcomes to the ledger. A run that succeeds is settled by its last step, in that step's own transaction
 * where it can be; only what ends otherwise, or stops on the way, comes through here.
 */
@ActivityInterface
public interface RunRecords {

    /**
     * Writes both outcomes of a run where its revision is newer than the ledger's, whatever stands there: a saga without a
     * pivot may be cancelled after its last step settled it. Repeating it, or an older revision, changes nothing.
     */
    @ActivityMethod(name = "Run.settle")
    void settle(RunOutcome outcome);
}
