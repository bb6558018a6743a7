package io.reprise.workflows.connection;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Tries once: a person waits for the answer, and asks again. */
public final class ConnectionPreparing implements ConnectionWorkflow {

    // A worker that has the connection takes the task at once.
    private static final Duration UNSERVED = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(3);

    @Override
    public Prepared prepare(PreparationOrder order) {
        return steps(order).prepare(order);
    }

    private static ConnectionSteps steps(PreparationOrder order) {
        return Workflow.newActivityStub(
                ConnectionSteps.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue("sql." + order.connection())
                        .setScheduleToStartTimeout(UNSERVED)
                        .setStartToCloseTimeout(LONGEST)
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(1).build())
                        .setSummary("prepare " + order.connection() + " on sql." + order.connection())
                        .build());
    }
}
