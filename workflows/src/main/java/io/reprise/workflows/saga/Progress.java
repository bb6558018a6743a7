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
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where every step of a run stands, and which may go on or be undone next. Plain data: it knows nothing of Temporal. */
final class Progress {

    private final Saga<?> saga;
    private final Map<String, StepOutcome> outcomes = new LinkedHashMap<>();
    private final Set<String> undoEnded = new LinkedHashSet<>();
    private boolean pivotHappened;

    Progress(Saga<?> saga) {
        this.saga = saga;
        for (Step step : saga.steps()) {
            outcomes.put(step.id(), new StepOutcome(step.id(), Forward.QUEUED, Compensation.NONE, null));
        }
    }

    /** Steps whose needs are met and which have not begun, and for which there is room in their groups. */
    List<Step> startable() {
        return startable(before());
    }

    /** The same of the steps that are done at the end of every run. */
    List<Step> startableAtTheEnd() {
        return startable(atTheEnd());
    }

    private List<Step> startable(Stream<Step> candidates) {
        Map<StepGroup, Integer> room = new LinkedHashMap<>();
        return candidates
                .filter(step -> forward(step) == Forward.QUEUED)
                .filter(step -> step.needs().stream().allMatch(this::isOver))
                .filter(step -> step.group().map(group -> hasRoom(group, room)).orElse(true))
                .toList();
    }

    private boolean hasRoom(StepGroup group, Map<StepGroup, Integer> room) {
        int left = room.computeIfAbsent(group, this::roomIn);
        room.put(group, left - 1);
        return left > 0;
    }

    private int roomIn(StepGroup group) {
        long underWay = saga.steps().stream()
                .filter(step -> step.group().filter(group::equals).isPresent() && isUnderWay(step))
                .count();
        return group.parallel() - (int) underWay;
    }

    private Stream<Step> before() {
        return saga.steps().stream().filter(step -> !step.isFinal());
    }

    private Stream<Step> atTheEnd() {
        return saga.steps().stream().filter(Step::isFinal);
    }

    private boolean isOver(String stepId) {
        return isOver(saga.step(stepId).orElseThrow());
    }

    /** A step that an operator skipped after the pivot counts as over: the run can only go forward. */
    private boolean isOver(Step step) {
        return switch (forward(step)) {
            case SUCCEEDED, SKIPPED, CANCELLED -> true;
            case FAILED -> step.continues();
            case QUEUED, RUNNING, WAITING, STUCK -> false;
        };
    }

    boolean isForwardDone() {
        return before().allMatch(this::isOver);
    }

    boolean isEndDone() {
        return atTheEnd().allMatch(this::isOver);
    }

    /** Ids of the steps that happened and are kept where nothing is undone. */
    List<String> kept() {
        return before().filter(step -> forward(step) == Forward.SUCCEEDED)
                .map(Step::id)
                .toList();
    }

    /** Whether every step but this one told the ledger itself that it succeeded. */
    boolean isKnownBut(Step last) {
        return saga.steps().stream().filter(step -> !step.equals(last)).allMatch(this::hasToldItself);
    }

    private boolean hasToldItself(Step step) {
        return forward(step) == Forward.SUCCEEDED && !step.isWaiting();
    }

    boolean isPastPivot() {
        return pivotHappened
                || saga.pivot()
                        .map(pivot -> forward(pivot) == Forward.SUCCEEDED)
                        .orElse(false);
    }

    boolean isStuckOnTheWay() {
        return outcomes.values().stream().anyMatch(outcome -> outcome.forward() == Forward.STUCK);
    }

    /** Whether nothing is done at this moment but waiting for the world. */
    boolean isWaiting() {
        List<Forward> forwards =
                outcomes.values().stream().map(StepOutcome::forward).toList();
        return forwards.contains(Forward.WAITING) && !forwards.contains(Forward.RUNNING);
    }

    void began(Step step) {
        forward(step, step.isWaiting() ? Forward.WAITING : Forward.RUNNING, null);
    }

    /** Its turn came, and it is not done. It never ran, so there is nothing to undo of it. */
    void skipped(Step step, String reason) {
        forward(step, Forward.SKIPPED, reason);
        undoEnded.add(step.id());
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

    /**
     * The pivot needs every step above it: where it has happened, so have they.
     *
     * @param toBeAskedAgain those whose answers are needed and unknown: done again, their fences tell
     */
    void pivotHappened(Predicate<Step> toBeAskedAgain) {
        pivotHappened = true;
        before().filter(step -> step.kind() != Kind.ONLY_FORWARD && !isOver(step))
                .forEach(step -> forward(step, toBeAskedAgain.test(step) ? Forward.QUEUED : Forward.SUCCEEDED, null));
    }

    /** Steps whose undo has not begun, and on which nothing depends that has still to be undone. */
    List<Step> undoable() {
        Set<String> undone = new LinkedHashSet<>();
        List<Step> ready = new ArrayList<>();
        for (Step step : saga.steps().reversed()) {
            boolean free = undone.containsAll(saga.dependentsOf(step.id()));
            if (free && (step.undo().isEmpty() || undoEnded.contains(step.id()))) {
                undone.add(step.id());
            } else if (free && isUndoOutstanding(step)) {
                ready.add(step);
            }
        }
        return ready;
    }

    private boolean isUndoOutstanding(Step step) {
        return outcome(step.id()).compensation() == Compensation.NONE && !isUnderWay(step);
    }

    private boolean isUnderWay(Step step) {
        return forward(step) == Forward.RUNNING || forward(step) == Forward.WAITING;
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
