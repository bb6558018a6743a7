package io.reprise.workflows.pipeline;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Tries once: a person waits for the answer, and asks again. */
public final class TrialRun implements TrialWorkflow {

    // A worker that has the connection takes the task at once.
    private static final Duration UNSERVED = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    @Override
    public Trial run(TrialOrder order) {
        return Workflow.newActivityStub(
                        TrialSteps.class,
                        ActivityOptions.newBuilder()
                                .setTaskQueue("sql." + order.connection())
                                .setScheduleToStartTimeout(UNSERVED)
                                .setStartToCloseTimeout(LONGEST)
                                .setHeartbeatTimeout(HEARTBEAT)
                                .setRetryOptions(RetryOptions.newBuilder()
                                        .setMaximumAttempts(1)
                                        .build())
                                .setSummary("try " + order.step().step() + " on sql." + order.connection())
                                .build())
                .attempt(order);
    }
}
