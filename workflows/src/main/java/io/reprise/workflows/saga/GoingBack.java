package io.reprise.workflows.saga;

import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.StepOutcome;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ends a run that cannot go on forward: undoes what was done, or keeps it and sees to it that nothing more happens. */
final class GoingBack {

    private static final String CLOSING = "undo-only-closes-every-fence";

    private final Saga<?> saga;
    private final Logbook logbook;
    private final Progress progress;
    private final StepCalls calls;
    private final OpenCalls open;

    GoingBack(Saga<?> saga, Logbook logbook, StepCalls calls, OpenCalls open) {
        this.saga = saga;
        this.logbook = logbook;
        this.progress = logbook.progress();
        this.calls = calls;
        this.open = open;
    }

    /** Fences the pivot, whatever the workflow believes of it: a lost workflow task may have done more than is recorded. */
    boolean isTooLate(Stop wish) {
        List<Step> pivot = saga.pivot().stream().toList();
        return !pivot.isEmpty() && fence(pivot, wish).equals(pivot);
    }

    void because(Stop wish) {
        if (saga.policy() == FailurePolicy.HOLD && !logbook.context().undoOnly()) {
            hold(wish);
        } else {
            undo(wish);
        }
    }

    private void undo(Stop wish) {
        logbook.turnsBack(wish);
        abandonForwards(wish);
        while (!progress.isUndone() || open.hasForwards()) {
            progress.undoable().forEach(step -> beginUndo(step, wish));
            logbook.announceNews();
            Workflow.await(open::hasNews);
            takeLateNews();
            open.advance(saga.steps(), this::takeUndoNews);
        }
        if (logbook.context().undoOnly()) {
            closeWhatNoUndoCloses(wish);
        }
    }

    /** A run that was terminated may have left an attempt behind that is still to come. */
    private void closeWhatNoUndoCloses(Stop wish) {
        List<Step> unclosed =
                saga.steps().stream().filter(this::mayStillComeUnseen).toList();
        if (!unclosed.isEmpty()
                && Workflow.getVersion(CLOSING, Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION) {
            fence(unclosed, wish).forEach(progress::succeeded);
        }
    }

    private boolean mayStillComeUnseen(Step step) {
        return step.terms().fenced()
                && step.undo().isEmpty()
                && !step.isPivot()
                && !step.isFinal()
                && progress.outcome(step.id()).forward() == Forward.QUEUED;
    }

    private void hold(Stop wish) {
        List<Step> uncertain = abandonForwards(wish);
        while (open.hasForwards()) {
            logbook.announceNews();
            Workflow.await(open::hasNews);
            takeLateNews();
        }
        uncertain.addAll(saga.steps().stream().filter(this::mayStillHappen).toList());
        fence(uncertain, wish).forEach(progress::succeeded);
        logbook.isHeld(wish.keeping(progress.kept()));
    }

    /** A failed attempt may have left another behind that timed out; a local one may be lost with its workflow task. */
    private boolean mayStillHappen(Step step) {
        Forward forward = progress.outcome(step.id()).forward();
        boolean lost = forward == Forward.QUEUED && logbook.context().mode() == StepMode.LOCAL && step.mayRunLocally();
        return step.terms().fenced() && !step.isFinal() && (lost || forward == Forward.FAILED);
    }

    /** Takes back what is under way, and answers the fenced ones of it: of those, the fence decides what became. */
    private List<Step> abandonForwards(Stop wish) {
        List<Step> fenced = new ArrayList<>();
        for (ForwardCall call : open.forwards()) {
            call.cancel(wish.reason());
            if (!call.step().endsByItself()) {
                open.forget(call);
                progress.cancelled(call.step(), null);
            }
            if (call.step().terms().fenced()) {
                fenced.add(call.step());
            }
        }
        return fenced;
    }

    private void takeLateNews() {
        for (ForwardCall call : open.takeEnded()) {
            Optional<RuntimeException> failure = call.failure();
            if (failure.isEmpty()) {
                progress.succeeded(call.step());
            } else if (Stop.isCancel(failure.get())) {
                progress.cancelled(call.step(), null);
            } else {
                progress.failed(call.step(), Stop.messageOf(failure.get()));
            }
        }
    }

    private void beginUndo(Step step, Stop wish) {
        step.undo().ifPresent(undo -> {
            progress.undoBegan(step);
            open.add(step, calls.undo(step, undo, wish));
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

    /** Answers which of the steps have happened; none of the others ever will. */
    private List<Step> fence(List<Step> steps, Stop wish) {
        Map<Step, InsistentCall<Undone>> fences = new LinkedHashMap<>();
        for (Step step : steps) {
            InsistentCall<Undone> fence = calls.fence(step, wish);
            fences.put(step, fence);
            open.add(step, fence);
        }
        awaitFences(steps, fences.values().stream().toList());
        return fences.entrySet().stream()
                .filter(fence -> fence.getValue()
                        .answer()
                        .filter(Undone.TOO_LATE::equals)
                        .isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void awaitFences(List<Step> steps, List<InsistentCall<Undone>> fences) {
        Map<String, StepOutcome> before = new LinkedHashMap<>();
        steps.forEach(step -> before.put(step.id(), progress.outcome(step.id())));
        while (!fences.stream().allMatch(InsistentCall::hasEnded)) {
            Workflow.await(() -> fences.stream().anyMatch(InsistentCall::hasNews));
            open.advance(steps, (step, call) -> {
                Optional.ofNullable(before.get(step.id())).ifPresent(progress::restore);
                if (call.isStuck()) {
                    progress.stuck(step, call.error());
                }
            });
            logbook.announceNews();
        }
    }
}
