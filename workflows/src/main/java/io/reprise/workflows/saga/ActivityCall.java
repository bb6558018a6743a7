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
import org.jspecify.annotations.Nullable;

/**
 * A step that is one activity: first inside the workflow task where the run's mode says so, then as an activity of its own.
 * A deadline is the activity's schedule-to-close limit, so that it costs no timer.
 */
final class ActivityCall implements ForwardCall {

    private static final Duration LOCAL_ATTEMPT = Duration.ofSeconds(2);
    private static final Duration LOCAL_WAIT = Duration.ofSeconds(3);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final RetryOptions ONCE =
            RetryOptions.newBuilder().setMaximumAttempts(1).build();

    /** What is called with which arguments, and of which type its answer is. */
    record Target(String type, Class<?> answer, StepCall call, Object input) {}

    private final Step step;
    private final Target target;
    private final long startedAt = Workflow.currentTimeMillis();
    private boolean local;
    private Promise<?> attempt;
    private CancellationScope scope;

    ActivityCall(Step step, Target target, StepMode mode) {
        this.step = step;
        this.target = target;
        this.local = mode == StepMode.LOCAL && step.mayRunLocally();
        this.attempt = Workflow.newPromise();
        this.scope = Workflow.newDetachedCancellationScope(() -> attempt = local ? here() : regular());
        scope.run();
    }

    @Override
    public Step step() {
        return step;
    }

    @Override
    public boolean hasEnded() {
        return attempt.isCompleted();
    }

    /** Sends a local attempt that failed, or was slow, on as a regular activity under the same key. */
    @Override
    public boolean goesOn() {
        if (!local || failure().filter(ActivityCall::mayPass).isEmpty()) {
            return false;
        }
        local = false;
        scope = Workflow.newDetachedCancellationScope(() -> attempt = regular());
        scope.run();
        return true;
    }

    @Override
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(attempt.getFailure());
    }

    @Override
    public @Nullable Object answer() {
        return attempt.get();
    }

    /** A local attempt is only forgotten: its fence decides what becomes of it. */
    @Override
    public void cancel(String reason) {
        scope.cancel(reason);
    }

    private static boolean mayPass(RuntimeException failure) {
        return !(failure.getCause() instanceof ApplicationFailure refusal && refusal.isNonRetryable());
    }

    private Promise<?> here() {
        LocalActivityOptions options = LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(LOCAL_ATTEMPT)
                .setScheduleToCloseTimeout(LOCAL_WAIT)
                .setRetryOptions(ONCE)
                .setDoNotIncludeArgumentsIntoMarker(true)
                .setSummary(step.id() + " (local)")
                .build();
        return Workflow.newUntypedLocalActivityStub(options)
                .executeAsync(target.type(), target.answer(), target.call(), target.input());
    }

    private Promise<?> regular() {
        ActivityOptions.Builder options =
                StepActivity.options(step, step.id(), step.terms().retry());
        options.setCancellationType(
                step.endsByItself()
                        ? ActivityCancellationType.WAIT_CANCELLATION_COMPLETED
                        : ActivityCancellationType.TRY_CANCEL);
        step.terms().deadline().ifPresent(deadline -> options.setScheduleToCloseTimeout(left(deadline)));
        return Workflow.newUntypedActivityStub(options.build())
                .executeAsync(target.type(), target.answer(), target.call(), target.input());
    }

    private Duration left(Deadline deadline) {
        Duration left = deadline.within().minusMillis(Workflow.currentTimeMillis() - startedAt);
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }
}
