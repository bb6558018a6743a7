package io.reprise.workflows.saga;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepOutcome;
import io.reprise.workflows.saga.Step.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where every step of a run stands, and which may go on or be undone next. Plain data: it knows nothing of Temporal. */
final class Progress {

    private final Saga<?> saga;
    private final Map<String, StepOutcome> outcomes = new LinkedHashMap<>();
    private final Set<String> undoEnded = new LinkedHashSet<>();

    Progress(Saga<?> saga) {
        this.saga = saga;
        for (Step step : saga.steps()) {
            outcomes.put(step.id(), new StepOutcome(step.id(), Forward.QUEUED, Compensation.NONE, null));
        }
    }

    /** Steps whose needs are met and which have not begun. */
    List<Step> startable() {
        return saga.steps().stream()
                .filter(step -> forward(step) == Forward.QUEUED)
                .filter(step -> step.needs().stream().allMatch(this::isOver))
                .toList();
    }

    /** A step that an operator skipped after the pivot counts as over: the run can only go forward. */
    private boolean isOver(String stepId) {
        Forward forward = outcome(stepId).forward();
        return forward == Forward.SUCCEEDED || forward == Forward.CANCELLED;
    }

    boolean isForwardDone() {
        return outcomes.keySet().stream().allMatch(this::isOver);
    }

    boolean isPastPivot() {
        return saga.pivot().map(pivot -> forward(pivot) == Forward.SUCCEEDED).orElse(false);
    }

    boolean isStuckOnTheWay() {
        return outcomes.values().stream().anyMatch(outcome -> outcome.forward() == Forward.STUCK);
    }

    void began(Step step) {
        forward(step, Forward.RUNNING, null);
    }

    void succeeded(Step step) {
        forward(step, Forward.SUCCEEDED, null);
    }

    void failed(Step step, String error) {
        forward(step, Forward.FAILED, error);
    }

    void cancelled(Step step, @Nullable String error) {
        forward(step, Forward.CANCELLED, error);
    }

    void stuck(Step step, String error) {
        forward(step, Forward.STUCK, error);
    }

    void restore(StepOutcome before) {
        outcomes.put(before.stepId(), before);
    }

    /** The pivot needs every step above it: where it has happened, so have they. */
    void pivotHappened() {
        saga.steps().stream().filter(step -> step.kind() != Kind.ONLY_FORWARD).forEach(this::succeeded);
    }

    /** Steps whose undo has not begun, and on which nothing depends that has still to be undone. */
    List<Step> undoable() {
        Set<String> undone = new LinkedHashSet<>();
        List<Step> ready = new ArrayList<>();
        for (Step step : saga.steps().reversed()) {
            boolean free = dependents(step).stream().allMatch(undone::contains);
            if (free && (step.undo().isEmpty() || undoEnded.contains(step.id()))) {
                undone.add(step.id());
            } else if (free && isUndoOutstanding(step)) {
                ready.add(step);
            }
        }
        return ready;
    }

    private boolean isUndoOutstanding(Step step) {
        return outcome(step.id()).compensation() == Compensation.NONE && forward(step) != Forward.RUNNING;
    }

    private List<String> dependents(Step step) {
        return saga.steps().stream()
                .filter(other -> other.needs().contains(step.id()))
                .map(Step::id)
                .toList();
    }

    boolean isUndone() {
        return saga.steps().stream().allMatch(step -> step.undo().isEmpty() || undoEnded.contains(step.id()));
    }

    void undoBegan(Step step) {
        compensation(step, Compensation.RUNNING, outcome(step.id()).error());
    }

    void undoStuck(Step step, String error) {
        compensation(step, Compensation.STUCK, error);
    }

    void undoSkipped(Step step, String error) {
        undoEnded.add(step.id());
        compensation(step, Compensation.PARTIAL, error);
    }

    /** The fence knows better than the workflow whether the step had happened: a task of it may have been lost. */
    void undone(Step step, Undone found) {
        undoEnded.add(step.id());
        StepOutcome before = outcome(step.id());
        boolean happened = found == Undone.COMPENSATED;
        Forward forward = happened && before.forward() != Forward.FAILED ? Forward.SUCCEEDED : before.forward();
        String error = forward == Forward.FAILED ? before.error() : null;
        outcomes.put(
                step.id(),
                new StepOutcome(step.id(), forward, happened ? Compensation.DONE : Compensation.NONE, error));
    }

    /** The undo of the run as the sum of its steps' undos. */
    Compensation compensation() {
        List<Compensation> steps =
                outcomes.values().stream().map(StepOutcome::compensation).toList();
        if (steps.contains(Compensation.STUCK)) {
            return Compensation.STUCK;
        }
        if (!isUndone()) {
            return Compensation.RUNNING;
        }
        if (steps.contains(Compensation.PARTIAL)) {
            return Compensation.PARTIAL;
        }
        return steps.contains(Compensation.DONE) ? Compensation.DONE : Compensation.NONE;
    }

    List<StepOutcome> outcomes() {
        return List.copyOf(outcomes.values());
    }

    StepOutcome outcome(String stepId) {
        return Optional.ofNullable(outcomes.get(stepId)).orElseThrow();
    }

    private Forward forward(Step step) {
        return outcome(step.id()).forward();
    }

    private void forward(Step step, Forward forward, @Nullable String error) {
        outcomes.put(
                step.id(),
                new StepOutcome(step.id(), forward, outcome(step.id()).compensation(), error));
    }

    private void compensation(Step step, Compensation compensation, @Nullable String error) {
        outcomes.put(step.id(), new StepOutcome(step.id(), forward(step), compensation, error));
    }
}
