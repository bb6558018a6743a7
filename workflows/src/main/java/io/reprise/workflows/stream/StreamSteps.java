package io.reprise.workflows.stream;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Served on the queue of the connection. */
@ActivityInterface
public interface StreamSteps {

    @ActivityMethod(name = "Stream.plan")
    StreamPlan plan(PlanOrder order);

    /** Reads all that Kafka still has of the stream, and all that its tables have. */
    @ActivityMethod(name = "Stream.balance")
    StreamBalance balance(BalanceOrder order);
}
