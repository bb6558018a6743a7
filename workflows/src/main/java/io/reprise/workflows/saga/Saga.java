package io.reprise.workflows.saga;

import io.reprise.workflows.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Declared steps with their undos, known before the first one runs. A run may lose its worker, its workflow task or its
 * whole execution: to undo it, this list and the fences are enough.
 */
public final class Saga<I> {

    private final String name;
    private final List<Step> steps;

    Saga(String name, List<Step> steps) {
        this.name = name;
        this.steps = List.copyOf(steps);
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

    @Override
    public String toString() {
        return name;
    }
}
