package io.reprise.workflows.saga;

import io.reprise.workflows.run.Name;
import io.reprise.workflows.saga.Step.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The list of steps while it is written down. {@code undo}, {@code within} and the like speak of the step above them. A
 * step needs the step above it, unless {@code needs} says otherwise; a pivot needs all of them.
 */
public final class SagaDeclaration<I, S> {

    /** A forward method of an activity interface. */
    @FunctionalInterface
    public interface ForwardStep<I, S> {
        void call(S steps, StepCall call, I input);
    }

    /** An undoing method of an activity interface. */
    @FunctionalInterface
    public interface UndoStep<S> {
        Undone call(S steps, UndoCall call);
    }

    private static final Pattern REASON = Pattern.compile("[a-z][a-z0-9-]{0,99}");

    private final String name;
    private final List<Step> steps;
    private final ActivityTypes<S> types;

    SagaDeclaration(String name, List<Step> steps, Class<S> interfaceOfSteps) {
        this.name = name;
        this.steps = steps;
        this.types = new ActivityTypes<>(interfaceOfSteps);
    }

    /** From here on, steps are methods of another activity interface. */
    public <T> SagaDeclaration<I, T> with(Class<T> interfaceOfSteps) {
        return new SagaDeclaration<>(name, steps, interfaceOfSteps);
    }

    public SagaDeclaration<I, S> step(String id, ForwardStep<I, S> forward) {
        return add(id, pivot().isEmpty() ? Kind.UNDOABLE : Kind.ONLY_FORWARD, forward);
    }

    /** The step after which nothing is undone: what follows it only goes forward. */
    public SagaDeclaration<I, S> pivot(String id, ForwardStep<I, S> forward) {
        pivot().ifPresent(pivot -> {
            throw refused(id, "'" + pivot.id() + "' is the pivot already", "one pivot");
        });
        return add(id, Kind.PIVOT, forward);
    }

    public SagaDeclaration<I, S> undo(UndoStep<S> undo) {
        Step step = above();
        if (step.kind() != Kind.UNDOABLE) {
            throw refused(
                    step.id(), "it has an undo, but it is the pivot or comes after it", "no undo from the pivot on");
        }
        if (step.undo().isPresent()) {
            throw refused(step.id(), "it has two undos", "one");
        }
        String type = types.typeOf(step.id(), recorder -> undo.call(recorder, absent()));
        return replace(step.undoneBy(type));
    }

    /** Fails the run with the reason, and so undoes it, where the step has not succeeded in time. */
    public SagaDeclaration<I, S> within(Duration time, String reason) {
        Step step = above();
        if (step.kind() == Kind.ONLY_FORWARD) {
            throw refused(
                    step.id(), "it has a deadline, but comes after the pivot", "no deadline where nothing is undone");
        }
        if (!time.isPositive() || !REASON.matcher(reason).matches()) {
            throw refused(
                    step.id(),
                    "its deadline is " + time + " for the reason '" + reason + "'",
                    "a time above zero and a reason like payment-deadline");
        }
        return replace(step.on(step.terms().within(new Deadline(time, reason))));
    }

    /** Starts the step as soon as these have succeeded; with none of them, as the run starts. */
    public SagaDeclaration<I, S> needs(String... ids) {
        Step step = above();
        List<String> needs = List.of(ids);
        if (step.isPivot()) {
            throw refused(step.id(), "it says what it needs", "nothing: a pivot needs every step above it");
        }
        List<String> possible = steps.stream()
                .filter(other -> other.position() < step.position())
                .filter(other -> step.kind() == Kind.UNDOABLE || other.kind() != Kind.UNDOABLE)
                .map(Step::id)
                .toList();
        needs.stream().filter(id -> !possible.contains(id)).findFirst().ifPresent(unknown -> {
            throw refused(step.id(), "it needs '" + unknown + "'", "steps declared above it: " + possible);
        });
        if (needs.isEmpty() && step.kind() == Kind.ONLY_FORWARD) {
            throw refused(step.id(), "it needs nothing, but comes after the pivot", "at least one of " + possible);
        }
        return replace(step.needing(needs));
    }

    public SagaDeclaration<I, S> retry(Retry retry) {
        Step step = above();
        return replace(step.on(step.terms().retry(retry)));
    }

    /** Limits one attempt, forward or undo. A lost worker delays the step by as much. */
    public SagaDeclaration<I, S> attemptTimeout(Duration limit) {
        Step step = above();
        if (!limit.isPositive()) {
            throw refused(step.id(), "one attempt may take " + limit, "a time above zero");
        }
        return replace(step.on(step.terms().attemptTimeout(limit)));
    }

    public SagaDeclaration<I, S> onTaskQueue(String taskQueue) {
        Step step = above();
        return replace(step.on(step.terms().onTaskQueue(taskQueue)));
    }

    /** Says that no database fences the step: it is attempted at least once, and its undo waits for its end. */
    public SagaDeclaration<I, S> unfenced() {
        Step step = above();
        if (step.isPivot()) {
            throw refused(step.id(), "it is an unfenced pivot", "a fenced one: only its fence can decide a cancel");
        }
        return replace(step.on(step.terms().unfenced()));
    }

    public Saga<I> build() {
        above();
        return new Saga<>(name, FailurePolicy.UNDO, steps);
    }

    private SagaDeclaration<I, S> add(String id, Kind kind, ForwardStep<I, S> forward) {
        if (!Name.isName(id)) {
            throw refused(id, "its id is '" + id + "'", Name.FORM);
        }
        if (steps.stream().anyMatch(step -> step.id().equals(id))) {
            throw refused(id, "another step has that id", "an id that stands once");
        }
        String type = types.typeOf(id, recorder -> forward.call(recorder, absent(), absent()));
        steps.add(new Step(id, steps.size() + 1, kind, new Work.Call(type), needsOf(kind)));
        return this;
    }

    private List<String> needsOf(Kind kind) {
        return switch (kind) {
            case PIVOT -> steps.stream().map(Step::id).toList();
            case UNDOABLE, ONLY_FORWARD, FINAL ->
                steps.isEmpty() ? List.of() : List.of(steps.getLast().id());
        };
    }

    private SagaDeclaration<I, S> replace(Step step) {
        steps.set(step.position() - 1, step);
        return this;
    }

    /** A method reference is only recorded here, so its arguments are never looked at. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T absent() {
        return null;
    }

    private Step above() {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException(
                    "cannot declare saga '" + name + "' without steps (expected: at least one)");
        }
        return steps.getLast();
    }

    private Optional<Step> pivot() {
        return steps.stream().filter(Step::isPivot).findFirst();
    }

    private IllegalArgumentException refused(String stepId, String found, String expected) {
        return new IllegalArgumentException("cannot declare step '" + stepId + "' of saga '" + name + "': " + found
                + " (expected: " + expected + ")");
    }
}
