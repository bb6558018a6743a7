package io.reprise.workflows.saga;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepOutcome;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * One run of a saga: forward as long as it can, and back where it cannot. All of it happens in a detached scope, so that a
 * cancel of the workflow is a wish on which the run decides.
 */
public final class SagaRun<I> {

    private final Saga<I> saga;
    private final RunContext context;
    private final StepCalls calls;
    private final Progress progress;
    private final CancelWish cancel = new CancelWish();
    private final Announcements announcements = new Announcements();
    private final Map<String, ForwardCall> forwards = new LinkedHashMap<>();
    private final Map<String, InsistentCall<?>> insistents = new LinkedHashMap<>();
    private Optional<Stop> stop = Optional.empty();
    private boolean settledByLastStep;
    private boolean succeeded;
    private int revision;

    SagaRun(Saga<I> saga, RunContext context, I input) {
        this.saga = saga;
        this.context = context;
        this.calls = new StepCalls(context, input);
        this.progress = new Progress(saga);
        this.revision = context.revision();
        Optional.ofNullable(context.cancelled()).ifPresent(cancel::ask);
        Workflow.registerListener(new Operations(this));
    }

    /** Returns when every step has succeeded. Fails with the original failure once the run is undone. */
    public void finish() {
        cancel.watch(CancellationScope.current());
        Workflow.newDetachedCancellationScope(this::drive).run();
    }

    private void drive() {
        Optional<Stop> wish = context.undoOnly() ? Optional.of(Stop.terminated()) : goForward();
        if (wish.isPresent() && hasPivotHappened(wish.get())) {
            progress.pivotHappened();
            forwards.clear();
            goForward();
            succeed();
        } else if (wish.isPresent()) {
            goBack(wish.get());
        } else {
            succeed();
        }
        Workflow.await(Workflow::isEveryHandlerFinished);
        if (stop.isPresent()) {
            throw stop.get().failure(outcome());
        }
    }

    /** Empty once every step has succeeded; past the pivot it cannot end otherwise. */
    private Optional<Stop> goForward() {
        while (!progress.isForwardDone()) {
            if (isToBeCancelled()) {
                return Optional.of(Stop.cancelled(cancel.reason()));
            }
            progress.startable().forEach(this::begin);
            Workflow.await(() -> hasNews() || isToBeCancelled());
            Optional<Stop> failure = takeForwardNews();
            if (failure.isPresent()) {
                return failure;
            }
            advance(this::takeOnlyForwardNews);
            announceNews();
        }
        return Optional.empty();
    }

    private boolean isToBeCancelled() {
        return cancel.isThere() && !progress.isPastPivot();
    }

    private void begin(Step step) {
        boolean last = saga.isLast(step) && revision == 0;
        settledByLastStep |= last;
        progress.began(step);
        if (step.kind() == Step.Kind.ONLY_FORWARD) {
            insistents.put(step.id(), calls.onlyForward(step, last));
        } else {
            forwards.put(step.id(), calls.forward(step, last));
        }
    }

    private Optional<Stop> takeForwardNews() {
        Optional<Stop> first = Optional.empty();
        for (ForwardCall call : List.copyOf(forwards.values())) {
            if (!call.hasEnded() || call.goesOn()) {
                continue;
            }
            forwards.remove(call.step().id());
            Optional<RuntimeException> failure = call.failure();
            if (failure.isEmpty()) {
                progress.succeeded(call.step());
            } else {
                progress.failed(call.step(), Stop.messageOf(failure.get()));
                first = first.or(() -> Optional.of(Stop.failed(call.step(), failure.get())));
            }
        }
        return first;
    }

    private void takeOnlyForwardNews(Step step, InsistentCall<?> call) {
        if (call.isStuck()) {
            progress.stuck(step, call.error());
        } else if (!call.hasEnded()) {
            progress.began(step);
        } else if (call.isGivenUp()) {
            progress.cancelled(step, call.error());
        } else {
            progress.succeeded(step);
        }
    }

    /** Fences the pivot, whatever the workflow believes of it: a lost workflow task may have done more than is recorded. */
    private boolean hasPivotHappened(Stop wish) {
        Optional<Step> pivot = saga.pivot();
        if (pivot.isEmpty()) {
            return false;
        }
        StepOutcome before = progress.outcome(pivot.get().id());
        InsistentCall<Undone> fence = calls.fence(pivot.get(), wish);
        insistents.put(pivot.get().id(), fence);
        while (!fence.hasEnded()) {
            Workflow.await(fence::hasNews);
            advance((step, call) -> {
                progress.restore(before);
                if (call.isStuck()) {
                    progress.stuck(step, call.error());
                }
            });
            announceNews();
        }
        return fence.answer().filter(Undone.TOO_LATE::equals).isPresent();
    }

    private void goBack(Stop decided) {
        stop = Optional.of(decided);
        abandonForwards(decided);
        while (!progress.isUndone() || !forwards.isEmpty()) {
            progress.undoable().forEach(step -> beginUndo(step, decided));
            announceNews();
            Workflow.await(this::hasNews);
            takeForwardNews();
            advance(this::takeUndoNews);
        }
        conclude();
    }

    /** A fenced attempt needs no waiting for: from here on its fence refuses it. */
    private void abandonForwards(Stop decided) {
        for (ForwardCall call : List.copyOf(forwards.values())) {
            call.cancel(decided.reason());
            if (call.step().terms().fenced()) {
                forwards.remove(call.step().id());
                progress.cancelled(call.step(), null);
            }
        }
    }

    private void beginUndo(Step step, Stop decided) {
        step.undo().ifPresent(undo -> {
            progress.undoBegan(step);
            insistents.put(step.id(), calls.undo(step, undo, decided));
        });
    }

    private void takeUndoNews(Step step, InsistentCall<?> call) {
        if (call.isStuck()) {
            progress.undoStuck(step, call.error());
        } else if (!call.hasEnded()) {
            progress.undoBegan(step);
        } else if (call.isGivenUp()) {
            progress.undoSkipped(step, call.error());
        } else {
            progress.undone(step, call.answer().map(Undone.class::cast).orElse(Undone.COMPENSATED));
        }
    }

    private void advance(BiConsumer<Step, InsistentCall<?>> meaning) {
        for (Step step : saga.steps()) {
            InsistentCall<?> call = insistents.get(step.id());
            if (call != null && call.hasNews()) {
                call.advance();
                meaning.accept(step, call);
                if (call.hasEnded()) {
                    insistents.remove(step.id());
                }
            }
        }
    }

    private boolean hasNews() {
        return forwards.values().stream().anyMatch(ForwardCall::hasEnded)
                || insistents.values().stream().anyMatch(InsistentCall::hasNews);
    }

    private void announceNews() {
        if (announcements.isNews(outcome())) {
            revision++;
            announcements.announce(outcome());
        }
    }

    private void succeed() {
        succeeded = true;
        if (!settledByLastStep || revision > 0) {
            conclude();
        }
    }

    private void conclude() {
        revision++;
        announcements.conclude(outcome());
    }

    RunOutcome outcome() {
        return new RunOutcome(
                context.runId(),
                context.startedOn(),
                context.workflowId(),
                revision,
                forward(),
                stop.isPresent() ? progress.compensation() : Compensation.NONE,
                stop.map(Stop::reason).orElse(null),
                stop.map(Stop::message).orElse(null),
                progress.outcomes());
    }

    private Forward forward() {
        if (succeeded) {
            return Forward.SUCCEEDED;
        }
        return stop.map(Stop::outcome).orElse(progress.isStuckOnTheWay() ? Forward.STUCK : Forward.RUNNING);
    }

    void askToCancel(String reason) {
        cancel.ask(reason);
    }

    /** Whether it is known if the run ends forward or back. */
    boolean isDecided() {
        return stop.isPresent() || isPastReturn();
    }

    boolean isPastReturn() {
        return succeeded || progress.isPastPivot();
    }

    Optional<InsistentCall<?>> openCall(String stepId) {
        return Optional.ofNullable(insistents.get(stepId));
    }

    List<String> stepIds() {
        return saga.steps().stream().map(Step::id).toList();
    }

    @Override
    public String toString() {
        return context.workflowId().value();
    }
}
