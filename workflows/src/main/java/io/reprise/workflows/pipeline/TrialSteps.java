package io.reprise.workflows.pipeline;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Served on the queue of the connection. */
@ActivityInterface
public interface TrialSteps {

    /** Runs the step in a transaction that is rolled back. Fails, before anything runs, where no rollback would be true. */
    @ActivityMethod(name = "Sql.try")
    Trial attempt(TrialOrder order);
}
