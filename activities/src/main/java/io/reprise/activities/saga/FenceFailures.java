package io.reprise.activities.saga;

import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.saga.Refusal;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;

/** What a fence may answer besides letting a step through. The types are stable. */
public final class FenceFailures {

    /** The step's undo came first, or has undone it: the step can never run under this key. */
    public static final String STEP_FENCED = "StepFenced";

    /** A transaction of the step committed before its end: nobody but a person can tell what it did. */
    public static final String STEP_UNCERTAIN = "StepUncertain";

    /** The step already ran under this key for another request. */
    public static final String REQUEST_CHANGED = "RequestChanged";

    /** Ends the reason of a run that found the steps of another one under its keys, such as {@code order-exists}. */
    public static final String EXISTS = "-exists";

    /** The attempt's time was over before the database began with it. */
    public static final String NO_TIME_LEFT = "NoTimeLeft";

    private FenceFailures() {}

    static ApplicationFailure fenced(StepKey key, FenceState state) {
        return ApplicationFailure.newNonRetryableFailure(
                "cannot run " + key + ": its fence is " + state + " (expected: none, or DONE)", STEP_FENCED);
    }

    static ApplicationFailure uncertain(StepKey key, String tried, boolean nonRetryable) {
        return ApplicationFailure.newBuilder()
                .setType(STEP_UNCERTAIN)
                .setMessage("cannot " + tried + " " + key
                        + ": its fence was committed as RUNNING, so a part of the step or of its undo was"
                        + " committed before its end (expected: DONE, or nothing); find out what it did, then set the"
                        + " fence by hand")
                .setNonRetryable(nonRetryable)
                .build();
    }

    /** A refusal: whoever asked used an id again whose first run the ledger has forgotten. */
    static ApplicationFailure exists(StepKey key, String runId) {
        return Refusal.because(
                key.workflowId().feature() + EXISTS,
                "cannot run " + key + ": run " + runId
                        + " has been here before under the same id, and the ledger no longer"
                        + " knows it (expected: a new id)");
    }

    /** A part of the step is committed, or the whole of it was rolled back; this attempt cannot know which. */
    static ApplicationFailure endedEarly(StepKey key, String tried, boolean nonRetryable) {
        return ApplicationFailure.newBuilder()
                .setType(STEP_UNCERTAIN)
                .setMessage(
                        "cannot " + tried + " " + key + ": its transaction ended before its last statement (expected:"
                                + " nothing in it that commits or rolls back, such as DDL or a procedure that does); find out"
                                + " what it did, then set its fence by hand")
                .setNonRetryable(nonRetryable)
                .build();
    }

    static ApplicationFailure requestChanged(StepKey key) {
        return ApplicationFailure.newNonRetryableFailure(
                "cannot run " + key + ": it has already run with another request (expected: the same one)",
                REQUEST_CHANGED);
    }

    static ApplicationFailure noTimeLeft(StepKey key, Duration limit) {
        return ApplicationFailure.newFailure(
                "cannot begin " + key + ": nothing is left of the " + limit.toMillis() + " ms of this attempt",
                NO_TIME_LEFT);
    }
}
