package io.reprise.workflows.saga;

import io.reprise.workflows.run.StepMode;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;

/**
 * One step on its way to success or failure: first inside the workflow task where the run's mode says so, then as an
 * activity of its own. A deadline is the activity's schedule-to-close limit, so that it costs no timer.
 */
final class ForwardCall {

    private static final Duration LOCAL_ATTEMPT = Duration.ofSeconds(2);
    private static final Duration LOCAL_WAIT = Duration.ofSeconds(3);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final RetryOptions ONCE =
            RetryOptions.newBuilder().setMaximumAttempts(1).build();

    private final Step step;
    private final StepCall call;
    private final Object input;
    private final long startedAt = Workflow.currentTimeMillis();
    private boolean local;
    private Promise<Void> attempt;
    private CancellationScope scope;

    ForwardCall(Step step, StepCall call, Object input, StepMode mode) {
        this.step = step;
        this.call = call;
        this.input = input;
        this.local = mode == StepMode.LOCAL && step.mayRunLocally();
        this.attempt = Workflow.newPromise();
        this.scope = Workflow.newDetachedCancellationScope(() -> attempt = local ? here() : regular());
        scope.run();
    }

    Step step() {
        return step;
    }

    boolean hasEnded() {
        return attempt.isCompleted();
    }

    /** Its final failure; empty where it succeeded. To be asked once it has ended. */
    Optional<RuntimeException> failure() {
        return Optional.ofNullable(attempt.getFailure());
    }

    /** Sends a local attempt that failed, or was slow, on as a regular activity under the same key. */
    boolean goesOn() {
        if (!local || failure().filter(ForwardCall::mayPass).isEmpty()) {
            return false;
        }
        local = false;
        scope = Workflow.newDetachedCancellationScope(() -> attempt = regular());
        scope.run();
        return true;
    }

    /** A local attempt is only forgotten: its fence decides what becomes of it. */
    void cancel(String reason) {
        scope.cancel(reason);
    }

    private static boolean mayPass(RuntimeException failure) {
        return !(failure.getCause() instanceof ApplicationFailure refusal && refusal.isNonRetryable());
    }

    private Promise<Void> here() {
        LocalActivityOptions options = LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(LOCAL_ATTEMPT)
                .setScheduleToCloseTimeout(LOCAL_WAIT)
                .setRetryOptions(ONCE)
                .setDoNotIncludeArgumentsIntoMarker(true)
                .setSummary(step.id() + " (local)")
                .build();
        return Workflow.newUntypedLocalActivityStub(options).executeAsync(step.forward(), Void.class, call, input);
    }

    private Promise<Void> regular() {
        ActivityOptions.Builder options =
                StepActivity.options(step, step.id(), step.terms().retry());
        options.setCancellationType(
                step.terms().fenced()
                        ? ActivityCancellationType.TRY_CANCEL
                        : ActivityCancellationType.WAIT_CANCELLATION_COMPLETED);
        step.terms().deadline().ifPresent(deadline -> options.setScheduleToCloseTimeout(left(deadline)));
        return Workflow.newUntypedActivityStub(options.build()).executeAsync(step.forward(), Void.class, call, input);
    }

    private Duration left(Deadline deadline) {
        Duration left = deadline.within().minusMillis(Workflow.currentTimeMillis() - startedAt);
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }
}
