package io.reprise.workflows.saga;

import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.saga.InsistentCall.Target;
import io.temporal.activity.ActivityOptions;
import java.util.List;

/** Makes the calls of one run: every activity that a step needs, under the step's key. */
final class StepCalls {

    private static final String FENCE = "Saga.fence";

    private final RunContext context;
    private final Object input;

    StepCalls(RunContext context, Object input) {
        this.context = context;
        this.input = input;
    }

    ForwardCall forward(Step step, boolean last) {
        return new ForwardCall(step, stepCall(step, last), input, context.mode());
    }

    /** A step after the pivot: there is no way back, so it is done until it succeeds. */
    InsistentCall<Void> onlyForward(Step step, boolean last) {
        return insist(step, step.id(), step.forward(), Void.class, List.of(stepCall(step, last), input));
    }

    InsistentCall<Undone> undo(Step step, String undo, Stop stop) {
        return insist(step, "undo of " + step.id(), undo, Undone.class, List.of(undoCall(step, stop)));
    }

    InsistentCall<Undone> fence(Step pivot, Stop stop) {
        return insist(pivot, "fence of " + pivot.id(), FENCE, Undone.class, List.of(undoCall(pivot, stop)));
    }

    private <R> InsistentCall<R> insist(Step step, String what, String type, Class<R> result, List<?> arguments) {
        ActivityOptions options =
                StepActivity.options(step, what, step.terms().retry().endless()).build();
        return new InsistentCall<>(new Target<>(what, type, result, options, arguments), context.stuckAfter());
    }

    private StepCall stepCall(Step step, boolean last) {
        return new StepCall(key(step), context.runId(), context.startedOn(), step.position(), last);
    }

    private UndoCall undoCall(Step step, Stop stop) {
        return new UndoCall(
                key(step), context.runId(), context.startedOn(), step.position(), stop.outcome(), stop.reason());
    }

    private StepKey key(Step step) {
        return context.workflowId().step(step.id());
    }
}
