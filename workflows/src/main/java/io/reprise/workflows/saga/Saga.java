package io.reprise.workflows.saga;

import io.reprise.workflows.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Declared steps with their undos, known before the first one runs. A run may lose its worker, its workflow task or its
 * whole execution: to undo it, this list and the fences are enough.
 */
public final class Saga<I> {

    private final String name;
    private final List<Step> steps;
    private final Optional<String> last;

    Saga(String name, List<Step> steps) {
        this.name = name;
        this.steps = List.copyOf(steps);
        this.last = lastOf(steps);
    }

    /**
     * Begins the declaration of a saga.
     *
     * @param name its workflow type
     * @param input what every forward step is given
     * @param steps the activity interface whose methods the steps are
     */
    public static <I, S> SagaDeclaration<I, S> of(String name, Class<I> input, Class<S> steps) {
        return new SagaDeclaration<>(name, new ArrayList<>(), steps);
    }

    /** To be called in the workflow's {@code @WorkflowInit} constructor: an operator's request may come with the start. */
    public SagaRun<I> accept(RunContext context, I input) {
        return new SagaRun<>(this, context, input);
    }

    /** The same saga on other terms, such as shorter limits for a test. */
    public Saga<I> on(UnaryOperator<StepTerms> change) {
        return new Saga<>(
                name,
                steps.stream().map(step -> step.on(change.apply(step.terms()))).toList());
    }

    public String name() {
        return name;
    }

    /** Its steps; each stands after those it needs. */
    public List<Step> steps() {
        return steps;
    }

    public Optional<Step> pivot() {
        return steps.stream().filter(Step::isPivot).findFirst();
    }

    public Optional<Step> step(String id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst();
    }

    /** The one step that comes after all others, where there is one and the ledger can be settled in its transaction. */
    boolean isLast(Step step) {
        return last.filter(step.id()::equals).isPresent();
    }

    private static Optional<String> lastOf(List<Step> steps) {
        List<Step> needless = steps.stream()
                .filter(step -> steps.stream().noneMatch(other -> other.needs().contains(step.id())))
                .toList();
        return needless.stream()
                .filter(step -> needless.size() == 1 && step.terms().fenced())
                .map(Step::id)
                .findFirst();
    }

    @Override
    public String toString() {
        return name;
    }
}
