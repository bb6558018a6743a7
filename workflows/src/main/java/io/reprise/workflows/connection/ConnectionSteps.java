package io.reprise.workflows.connection;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Served on the queue of the connection. */
@ActivityInterface
public interface ConnectionSteps {

    /** Fails with the words of the database where it is away, or refuses. */
    @ActivityMethod(name = "Connection.prepare")
    Prepared prepare(PreparationOrder order);
}
