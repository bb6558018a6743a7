package io.reprise.workflows.pipeline;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.workflows.saga.Deadline;
import io.reprise.workflows.saga.Retry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a planned step is tried.
 *
 * @param attempt how long one attempt, forward or undo, may take
 * @param heartbeat after how long a silent attempt counts as lost; needed where attempts may take minutes
 * @param within how long all attempts may take, before the step has failed
 * @param fenced false for an effect that no database can fence: its undo waits until its attempt has ended
 * @param local true where it may be tried inside the workflow task first: short, fenced, and at hand on every worker
 */
public record PlannedTerms(
        Retry retry,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Duration attempt,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        Duration heartbeat,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Deadline within,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean fenced,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean local) {

    /** The reason for which a run fails where a wait was in vain. */
    public static final String WAIT_TIMEOUT = "wait-timeout";

    private static final Duration LOOK = Duration.ofSeconds(30);

    public PlannedTerms {
        if (!attempt.isPositive() || (heartbeat != null && !heartbeat.isPositive())) {
            throw new IllegalArgumentException("cannot give an attempt " + attempt + " with a heartbeat of " + heartbeat
                    + " (expected: times above zero)");
        }
        if (within != null && !within.within().isPositive()) {
            throw new IllegalArgumentException(
                    "cannot ask for a step within " + within.within() + " (expected: a time above zero)");
        }
        if (local && !fenced) {
            throw new IllegalArgumentException(
                    "cannot try an unfenced step inside a workflow task, which may be repeated (expected: a fenced one)");
        }
    }

    public static PlannedTerms fenced(Retry retry, Duration attempt) {
        return new PlannedTerms(retry, attempt, null, null, true, false);
    }

    public static PlannedTerms unfenced(Retry retry, Duration attempt) {
        return new PlannedTerms(retry, attempt, null, null, false, false);
    }

    /** Looks again and again, until it is there or the limit is over. */
    public static PlannedTerms waiting(Duration every, Duration limit) {
        return new PlannedTerms(
                new Retry(Retry.ENDLESS, every, 1, every), LOOK, null, new Deadline(limit, WAIT_TIMEOUT), false, false);
    }

    public PlannedTerms heartbeat(Duration limit) {
        return new PlannedTerms(retry, attempt, limit, within, fenced, local);
    }

    public PlannedTerms within(Deadline deadline) {
        return new PlannedTerms(retry, attempt, heartbeat, deadline, fenced, local);
    }

    public PlannedTerms locally() {
        return new PlannedTerms(retry, attempt, heartbeat, within, fenced, true);
    }
}
