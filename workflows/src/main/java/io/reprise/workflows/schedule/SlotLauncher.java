package io.reprise.workflows.schedule;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.common.SearchAttributeKey;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

public final class SlotLauncher implements ScheduleWorkflow {

    // Set by Temporal on what its schedules start: when it was to fire, not when it did.
    static final SearchAttributeKey<OffsetDateTime> SCHEDULED =
            SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

    @Override
    public Launched launch(LaunchOrder order) {
        return steps(order).launch(order.pipeline(), firing());
    }

    /** One that a person starts in Temporal fires now. */
    private static Instant firing() {
        @Nullable OffsetDateTime scheduled = Workflow.getTypedSearchAttributes().get(SCHEDULED);
        return scheduled == null ? Instant.ofEpochMilli(Workflow.currentTimeMillis()) : scheduled.toInstant();
    }

    private static ScheduleSteps steps(LaunchOrder order) {
        return Workflow.newActivityStub(
                ScheduleSteps.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofSeconds(30))
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setInitialInterval(Duration.ofSeconds(1))
                                .setMaximumInterval(Duration.ofMinutes(1))
                                .build())
                        .setSummary("accept the slot of " + order.pipeline())
                        .build());
    }
}
