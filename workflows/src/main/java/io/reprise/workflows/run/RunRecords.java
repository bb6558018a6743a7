package io.reprise.workflows.run;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Writes a run's outcomes to the ledger. A run that succeeds is settled by its last step, in that step's own transaction
 * where it can be; only what ends otherwise, or stops on the way, comes through here.
 */
@ActivityInterface(namePrefix = "Run.")
public interface RunRecords {

    /** Writes both outcomes of a run. Repeating it changes nothing. */
    @ActivityMethod(name = "settle")
    void settle(RunOutcome outcome);
}
