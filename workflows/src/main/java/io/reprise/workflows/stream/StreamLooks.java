package io.reprise.workflows.stream;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Has a worker look that serves the connection of a stream. */
final class StreamLooks {

    static final String TASK_QUEUE = "stream";

    // A worker that has the connection takes the task at once.
    private static final Duration UNSERVED = Duration.ofSeconds(20);
    private static final Duration LOST = Duration.ofSeconds(30);

    private StreamLooks() {}

    /** Tries once: a person waits for the answer, and asks again. */
    static StreamSteps through(String connection, Duration longest, String summary) {
        return Workflow.newActivityStub(
                StreamSteps.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue("sql." + connection)
                        .setScheduleToStartTimeout(UNSERVED)
                        .setStartToCloseTimeout(longest)
                        .setHeartbeatTimeout(LOST)
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(1).build())
                        .setSummary(summary)
                        .build());
    }
}
