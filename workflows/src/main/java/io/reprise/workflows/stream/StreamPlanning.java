package io.reprise.workflows.stream;

import java.time.Duration;

public final class StreamPlanning implements StreamPlanWorkflow {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    @Override
    public StreamPlan plan(PlanOrder order) {
        return StreamLooks.through(order.connection(), LONGEST, "plan a stream on sql." + order.connection())
                .plan(order);
    }
}
