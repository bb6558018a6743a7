package io.reprise.workflows.saga;

import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.saga.InsistentCall.Target;
import io.temporal.activity.ActivityOptions;
import java.time.Duration;
import java.util.List;

/** Makes the calls of one run: every activity that a step needs, under the step's key. */
final class StepCalls {

    private static final String FENCE = "Saga.fence";

    private final RunContext context;
    private final Flow flow;

    StepCalls(RunContext context, Flow flow) {
        this.context = context;
        this.flow = flow;
    }

    ForwardCall forward(Step step, Object input, boolean last) {
        return switch (step.work()) {
            case Work.Activity activity ->
                new ActivityCall(step, target(step, activity.type(), input, last), context.mode());
            case Work.Approval ignored -> new ApprovalCall(step);
            case Work.Elsewhere elsewhere ->
                new ElsewhereCall(step, elsewhere, target(step, elsewhere.start(), input, last));
            case Work.Watch watch -> new WatchCall(step, watch, target(step, watch.look(), input, last));
        };
    }

    private ActivityCall.Target target(Step step, String type, Object input, boolean last) {
        return new ActivityCall.Target(type, flow.answerType(), stepCall(step, last), input);
    }

    /** A step from which there is no way back, so it is done until it succeeds. */
    InsistentCall<?> onlyForward(Step step, Work.Activity work, Object input, boolean last) {
        var target = insistent(step, step.id(), work.type(), flow.answerType(), List.of(stepCall(step, last), input));
        Duration allowed = step.terms().deadline().map(Deadline::within).orElse(Duration.ZERO);
        return new InsistentCall<>(target, longer(allowed, stuckAfter(step)));
    }

    InsistentCall<Undone> undo(Step step, String undo, Stop stop) {
        return insist(step, "undo of " + step.id(), undo, stop);
    }

    InsistentCall<Undone> fence(Step step, Stop stop) {
        return insist(step, "fence of " + step.id(), FENCE, stop);
    }

    private InsistentCall<Undone> insist(Step step, String what, String type, Stop stop) {
        var target = insistent(step, what, type, Undone.class, List.of(undoCall(step, stop)));
        return new InsistentCall<>(target, stuckAfter(step));
    }

    private static <R> Target<R> insistent(Step step, String what, String type, Class<R> result, List<?> arguments) {
        ActivityOptions options =
                StepActivity.options(step, what, step.terms().retry().endless()).build();
        return new Target<>(what, type, result, options, arguments);
    }

    /** What gives signs of life is not stuck in its first attempt, however long that may take. */
    private Duration stuckAfter(Step step) {
        Duration allowed = step.terms().heartbeat().isPresent() ? step.terms().attemptTimeout() : Duration.ZERO;
        return longer(allowed, context.stuckAfter());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private StepCall stepCall(Step step, boolean last) {
        return new StepCall(key(step), context.runId(), context.startedOn(), step.position(), last);
    }

    private UndoCall undoCall(Step step, Stop stop) {
        return new UndoCall(
                key(step), context.runId(), context.startedOn(), step.position(), stop.outcome(), stop.reason());
    }

    private StepKey key(Step step) {
        return flow.inherited(step).orElseGet(() -> context.workflowId().step(step.id()));
    }
}
