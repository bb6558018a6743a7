package io.reprise.api.shared;

import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for what a worker that serves a connection answers through a workflow. Its own words stand below those of Temporal.
 *
 * @param asked what was asked, such as {@code prepare connection 'warehouse'}
 */
public record WorkersAnswer(WorkflowStub workflow, String workflowId, String asked, String connection) {

    // Shorter than callers wait.
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    /** The answer, which has to come in time. */
    public <T> T get(Class<T> type) {
        return within(PATIENCE, type)
                .orElseThrow(() -> Refused.because(
                        ProblemType.NO_WORKER,
                        "asked to " + asked + " and had no answer within " + PATIENCE.toSeconds()
                                + " s; the worker may still be at it, as workflow "
                                + workflowId));
    }

    /** The answer, if there is one by then. */
    public <T> Optional<T> within(Duration patience, Class<T> type) {
        try {
            return Optional.of(workflow.getResult(patience.toMillis(), TimeUnit.MILLISECONDS, type));
        } catch (TimeoutException slow) {
            return Optional.empty();
        } catch (WorkflowFailedException failed) {
            throw refusal(failed);
        }
    }

    private RuntimeException refusal(WorkflowFailedException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApplicationFailure told) {
                return Refused.because(ProblemType.NOT_POSSIBLE, told.getOriginalMessage());
            }
            if (cause instanceof TimeoutFailure late
                    && late.getTimeoutType() != TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START) {
                return Refused.because(
                        ProblemType.NO_WORKER,
                        "asked to " + asked + ", and the worker that did so was lost, or took too long");
            }
            if (cause instanceof TimeoutFailure) {
                return Refused.because(
                        ProblemType.NO_WORKER,
                        "asked to " + asked + ", and no worker serves it (expected: one that polls sql." + connection
                                + ")");
            }
        }
        return failed;
    }
}
