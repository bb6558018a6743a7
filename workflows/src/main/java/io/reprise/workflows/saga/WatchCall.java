package io.reprise.workflows.saga;

import io.reprise.workflows.saga.Work.Watch;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step that has something watched for, and sleeps until the run is woken because it happened. A wake says nothing of what
 * happened, so that it may come twice, too early or for nothing: the step looks. What comes together with the deadline or
 * a cancel is decided where it is watched for.
 */
final class WatchCall implements ForwardCall {

    private final Step step;
    private final Watch work;
    private final ActivityCall.Target target;
    private final CancellationScope limitScope;
    private Promise<Void> limit = Workflow.newPromise();
    private Promise<?> attempt;
    private boolean woken;
    private boolean ending;
    private Optional<RuntimeException> unwanted = Optional.empty();

    WatchCall(Step step, Watch work, ActivityCall.Target target) {
        this.step = step;
        this.work = work;
        this.target = target;
        this.attempt = ask(work.look(), step.id());
        this.limitScope = Workflow.newDetachedCancellationScope(() -> step.terms()
                .deadline()
                .ifPresent(deadline -> limit = Workflow.newTimer(
                        deadline.within(),
                        TimerOptions.newBuilder()
                                .setSummary(step.id() + " has not happened in time")
                                .build())));
        limitScope.run();
    }

    void wake() {
        woken = true;
    }

    @Override
    public Step step() {
        return step;
    }

    @Override
    public boolean hasEnded() {
        return attempt.isCompleted() && (isDecided() || woken || isToBeEnded());
    }

    private boolean isDecided() {
        return ending || attempt.getFailure() != null || attempt.get() != null;
    }

    private boolean isToBeEnded() {
        return limit.isCompleted() || unwanted.isPresent();
    }

    @Override
    public boolean goesOn() {
        if (isDecided()) {
            limitScope.cancel("decided");
            return false;
        }
        ending = isToBeEnded();
        woken = false;
        attempt = ending ? ask(work.end(), "end of " + step.id()) : ask(work.look(), step.id());
        return true;
    }

    @Override
    public Optional<RuntimeException> failure() {
        if (attempt.getFailure() != null) {
            return Optional.of(attempt.getFailure());
        }
        return attempt.get() != null ? Optional.empty() : unwanted.or(() -> Optional.of(unseen()));
    }

    private RuntimeException unseen() {
        Deadline deadline = step.terms().deadline().orElseThrow();
        return Refusal.because(deadline.reason(), "'" + step.id() + "' has not happened within " + deadline.within());
    }

    @Override
    public @Nullable Object answer() {
        return attempt.get();
    }

    @Override
    public void cancel(String reason) {
        unwanted = Optional.of(new CanceledFailure(reason));
    }

    private Promise<?> ask(String type, String what) {
        return Workflow.newUntypedActivityStub(
                        StepActivity.options(step, what, step.terms().retry().endless())
                                .build())
                .executeAsync(type, target.answer(), target.call(), target.input());
    }
}
