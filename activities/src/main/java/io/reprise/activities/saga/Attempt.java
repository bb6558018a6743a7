package io.reprise.activities.saga;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a step, as the database must know it: who makes it, and until when.
 *
 * @param workflowId of the workflow that asked for it; null where none did
 * @param startedNanos {@link System#nanoTime()} at which the attempt began here
 * @param limit how long the attempt may take from there
 */
record Attempt(
        int number, boolean local, @Nullable String workflowId, String worker, long startedNanos, Duration limit) {

    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(1);
    private static final int MARGIN_DIVISOR = 10;

    static Attempt ofActivity(String worker) {
        ActivityInfo info = Activity.getExecutionContext().getInfo();
        Duration limit = info.getStartToCloseTimeout().isZero()
                ? info.getScheduleToCloseTimeout()
                : info.getStartToCloseTimeout();
        return new Attempt(info.getAttempt(), info.isLocal(), info.getWorkflowId(), worker, System.nanoTime(), limit);
    }

    /**
     * How long the database may work for this attempt: what is left of its limit, less a margin, so that an attempt which
     * Temporal gives up is dead in the database as well. Zero or less: too late to begin.
     */
    Duration timeLeft() {
        Duration tenth = limit.dividedBy(MARGIN_DIVISOR);
        Duration margin = tenth.compareTo(LONGEST_MARGIN) < 0 ? tenth : LONGEST_MARGIN;
        return limit.minus(margin).minusNanos(System.nanoTime() - startedNanos);
    }
}
