package io.reprise.workflows.saga;

import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.List;
import java.util.Optional;

/**
 * Why a run does not go on forward.
 *
 * @param outcome FAILED or CANCELLED
 * @param reason stable type, such as {@code out-of-stock}
 */
record Stop(Forward outcome, String reason, String message, Optional<RuntimeException> original) {

    static final String CANCELLED = "cancelled";
    static final String TERMINATED = "terminated";
    static final String TIMED_OUT = "timed-out";
    static final String UNEXPECTED = "unexpected";

    private static final int LONGEST_MESSAGE = 2_000;

    static Stop cancelled(String why) {
        return new Stop(Forward.CANCELLED, CANCELLED, why, Optional.empty());
    }

    /** A run that was terminated in Temporal, and is back only to be undone. */
    static Stop terminated() {
        return new Stop(Forward.CANCELLED, TERMINATED, "the run was terminated and is undone", Optional.empty());
    }

    static Stop failed(Step step, RuntimeException failure) {
        Optional<Deadline> missed = step.terms().deadline().filter(deadline -> ranOutOfTime(failure));
        String reason = missed.map(Deadline::reason).orElseGet(() -> reasonOf(failure));
        String message = missed.map(deadline -> "'" + step.id() + "' was not done within " + deadline.within() + ": ")
                        .orElse("")
                + messageOf(failure);
        return new Stop(Forward.FAILED, reason, message, Optional.of(failure));
    }

    /** The same, naming the steps that stay as they are. */
    Stop keeping(List<String> kept) {
        String words = kept.isEmpty() ? "nothing had been done" : "kept: " + String.join(", ", kept);
        return new Stop(outcome, reason, message + " (" + words + ")", original);
    }

    /** What the workflow fails with: the original failure, with the outcome of the undo as its details. */
    ApplicationFailure failure(RunOutcome outcome) {
        ApplicationFailure.Builder failure = ApplicationFailure.newBuilder()
                .setType(reason)
                .setMessage(message)
                .setNonRetryable(true)
                .setDetails(outcome)
                .setCategory(isForeseen() ? ApplicationErrorCategory.BENIGN : ApplicationErrorCategory.UNSPECIFIED);
        original.ifPresent(failure::setCause);
        return failure.build();
    }

    private boolean isForeseen() {
        return original.map(failure -> root(failure) instanceof ApplicationFailure refusal
                        && refusal.getCategory() == ApplicationErrorCategory.BENIGN)
                .orElse(true);
    }

    static boolean isCancel(RuntimeException failure) {
        return root(failure) instanceof CanceledFailure;
    }

    /** The server stops repeating a little early where the next attempt would come after the deadline. */
    static boolean ranOutOfTime(RuntimeException failure) {
        return failure instanceof ActivityFailure activity
                && (activity.getRetryState() == RetryState.RETRY_STATE_TIMEOUT
                        || activity.getCause() instanceof TimeoutFailure);
    }

    private static String reasonOf(RuntimeException failure) {
        return switch (root(failure)) {
            case ApplicationFailure application when !application.getType().isEmpty() -> application.getType();
            case TimeoutFailure timeout -> TIMED_OUT;
            default -> UNEXPECTED;
        };
    }

    static String messageOf(RuntimeException failure) {
        Throwable root = root(failure);
        String message = root instanceof TemporalFailure temporal ? temporal.getOriginalMessage() : root.getMessage();
        return shortened(message == null || message.isEmpty() ? root.toString() : message);
    }

    /** Outcomes name every step, and so must not hold more of each than a person reads. */
    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }

    private static Throwable root(RuntimeException failure) {
        return failure instanceof ActivityFailure && failure.getCause() != null ? failure.getCause() : failure;
    }
}
