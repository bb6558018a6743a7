package io.reprise.workflows.saga;

import io.reprise.workflows.saga.Work.Elsewhere;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step that starts something elsewhere and looks at it until it has ended. What is not wanted any more, or not in time, is
 * asked to be cancelled, and still looked at until it has ended: it would go on behind the back of an undone run.
 */
final class ElsewhereCall implements ForwardCall {

    private final Step step;
    private final Elsewhere work;
    private final ActivityCall.Target target;
    private Promise<?> attempt;
    private Optional<Object> ticket = Optional.empty();
    private Optional<String> unwanted = Optional.empty();
    private Optional<RuntimeException> late = Optional.empty();

    ElsewhereCall(Step step, Elsewhere work, ActivityCall.Target target) {
        this.step = step;
        this.work = work;
        this.target = target;
        this.attempt = Workflow.newUntypedActivityStub(endless("start of " + step.id()))
                .executeAsync(work.start(), work.ticket(), target.call(), target.input());
    }

    @Override
    public Step step() {
        return step;
    }

    @Override
    public boolean hasEnded() {
        return attempt.isCompleted();
    }

    @Override
    public boolean goesOn() {
        if (ticket.isEmpty() && attempt.getFailure() == null) {
            ticket = Optional.of(attempt.get());
            unwanted.ifPresent(this::askForCancel);
            attempt = look(unwanted.isEmpty());
            return true;
        }
        if (ticket.isPresent() && late.isEmpty() && missedItsDeadline()) {
            late = Optional.of(attempt.getFailure());
            askForCancel("not done in time");
            attempt = look(false);
            return true;
        }
        return false;
    }

    private boolean missedItsDeadline() {
        return attempt.getFailure() != null && Stop.ranOutOfTime(attempt.getFailure());
    }

    @Override
    public Optional<RuntimeException> failure() {
        return late.or(() -> Optional.ofNullable(attempt.getFailure()));
    }

    @Override
    public @Nullable Object answer() {
        return attempt.get();
    }

    @Override
    public void cancel(String reason) {
        unwanted = Optional.of(reason);
        if (ticket.isPresent()) {
            askForCancel(reason);
        }
    }

    private void askForCancel(String reason) {
        Workflow.newUntypedActivityStub(endless("cancel of " + step.id()))
                .executeAsync(work.cancel(), Void.class, target.call(), ticket.orElseThrow(), reason);
    }

    private Promise<?> look(boolean inTime) {
        ActivityOptions.Builder options =
                StepActivity.options(step, step.id(), step.terms().retry().endless());
        step.terms()
                .deadline()
                .filter(deadline -> inTime)
                .ifPresent(deadline -> options.setScheduleToCloseTimeout(deadline.within()));
        return Workflow.newUntypedActivityStub(options.build())
                .executeAsync(work.look(), target.answer(), target.call(), ticket.orElseThrow());
    }

    private ActivityOptions endless(String what) {
        return StepActivity.options(step, what, step.terms().retry().endless()).build();
    }
}
