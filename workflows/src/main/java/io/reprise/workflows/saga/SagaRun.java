package io.reprise.workflows.saga;

import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.RunOutcome;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/**
 * One run of a saga: forward as long as it can, and back where it cannot. All of it happens in a detached scope, so that a
 * cancel of the workflow is a wish on which the run decides.
 */
public final class SagaRun {

    private final Saga<?> saga;
    private final RunContext context;
    private final RunHooks hooks;
    private final CancelWish cancel = new CancelWish();
    private final OpenCalls open = new OpenCalls();
    private final Logbook logbook;
    private final GoingForward forward;
    private final GoingBack back;

    SagaRun(Saga<?> saga, RunContext context, Flow flow, RunHooks hooks) {
        this.saga = saga;
        this.context = context;
        this.hooks = hooks;
        Progress progress = new Progress(saga);
        saga.steps().stream().filter(step -> flow.inherited(step).isPresent()).forEach(progress::succeeded);
        StepCalls calls = new StepCalls(context, flow);
        this.logbook = new Logbook(context, progress, hooks);
        this.forward = new GoingForward(saga, flow, logbook, calls, open, cancel);
        this.back = new GoingBack(saga, logbook, calls, open);
        Optional.ofNullable(context.cancelled()).ifPresent(cancel::ask);
        Workflow.registerListener(new Operations(this));
    }

    /** Returns when every step has succeeded. Fails with the original failure once the run is undone. */
    public void finish() {
        cancel.watch(CancellationScope.current());
        Workflow.newDetachedCancellationScope(this::drive).run();
    }

    private void drive() {
        Optional<Stop> wish = context.undoOnly() ? Optional.of(undoOnly()) : forward.untilTheEnd();
        if (wish.isPresent() && back.isTooLate(wish.get())) {
            forward.pivotHappened();
            wish = forward.untilTheEnd();
        }
        wish.ifPresentOrElse(back::because, logbook::isPastReturn);
        forward.finalSteps();
        end();
        if (logbook.stop().isPresent()) {
            throw logbook.stop().get().failure(outcome());
        }
    }

    private Stop undoOnly() {
        return Optional.ofNullable(context.cancelled()).map(Stop::cancelled).orElseGet(Stop::terminated);
    }

    private void end() {
        logbook.isOver();
        if (logbook.stop().isPresent() || !forward.isSettledByLastStep()) {
            logbook.conclude();
        }
        hooks.ended(outcome());
        Workflow.await(Workflow::isEveryHandlerFinished);
    }

    RunOutcome outcome() {
        return logbook.outcome();
    }

    void askToCancel(String reason) {
        cancel.ask(reason);
    }

    boolean isDecided() {
        return logbook.isDecided();
    }

    boolean isPastReturn() {
        return logbook.cannotReturn();
    }

    Optional<InsistentCall<?>> openCall(String stepId) {
        return open.insistent(stepId);
    }

    Optional<ApprovalCall> openApproval(String stepId) {
        return open.forward(stepId).filter(ApprovalCall.class::isInstance).map(ApprovalCall.class::cast);
    }

    void wake(String stepId) {
        open.forward(stepId)
                .filter(WatchCall.class::isInstance)
                .map(WatchCall.class::cast)
                .ifPresent(WatchCall::wake);
    }

    List<String> stepIds() {
        return saga.steps().stream().map(Step::id).toList();
    }

    @Override
    public String toString() {
        return context.workflowId().value();
    }
}
