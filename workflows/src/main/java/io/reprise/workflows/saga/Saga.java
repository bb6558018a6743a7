package io.reprise.workflows.saga;

import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.saga.Step.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Declared steps with their undos, known before the first one runs. A run may lose its worker, its workflow task or its
 * whole execution: to undo it, this list and the fences are enough.
 */
public final class Saga<I> {

    private final String name;
    private final FailurePolicy policy;
    private final List<Step> steps;
    private final Map<String, Step> byId = new LinkedHashMap<>();
    private final Map<String, List<String>> dependents = new LinkedHashMap<>();
    private final Optional<String> last;

    Saga(String name, FailurePolicy policy, List<Step> steps) {
        this.name = name;
        this.policy = policy;
        this.steps = List.copyOf(steps);
        this.steps.forEach(step -> byId.put(step.id(), step));
        this.steps.forEach(step -> dependents.put(step.id(), new ArrayList<>()));
        this.steps.forEach(
                step -> step.needs().forEach(need -> dependentsOf(need).add(step.id())));
        this.last = lastOf(this.steps);
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

    /**
     * A saga whose steps come from elsewhere than from a declaration in Java.
     *
     * @param name its workflow type
     * @param steps each stands after those it needs
     */
    public static <I> Saga<I> of(String name, FailurePolicy policy, List<Step> steps) {
        return new Saga<>(name, policy, steps);
    }

    /** To be called in the workflow's {@code @WorkflowInit} constructor: an operator's request may come with the start. */
    public SagaRun accept(RunContext context, I input) {
        return accept(context, Flow.giving(input), RunHooks.none());
    }

    /** The same for a run in which more flows than one input. */
    public SagaRun accept(RunContext context, Flow flow, RunHooks hooks) {
        return new SagaRun(this, context, flow, hooks);
    }

    /** The same saga on other terms, such as shorter limits for a test. */
    public Saga<I> on(UnaryOperator<StepTerms> change) {
        return new Saga<>(
                name,
                policy,
                steps.stream().map(step -> step.on(change.apply(step.terms()))).toList());
    }

    public String name() {
        return name;
    }

    public FailurePolicy policy() {
        return policy;
    }

    /** Its steps; each stands after those it needs. */
    public List<Step> steps() {
        return steps;
    }

    public Optional<Step> pivot() {
        return steps.stream().filter(Step::isPivot).findFirst();
    }

    public Optional<Step> step(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Ids of the steps that need it. */
    List<String> dependentsOf(String stepId) {
        return Optional.ofNullable(dependents.get(stepId)).orElseThrow();
    }

    /** The one step that comes after all others, where there is one and the ledger can be settled in its transaction. */
    boolean isLast(Step step) {
        return last.filter(step.id()::equals).isPresent();
    }

    private Optional<String> lastOf(List<Step> all) {
        List<Step> needless =
                all.stream().filter(step -> dependentsOf(step.id()).isEmpty()).toList();
        return needless.stream()
                .filter(step -> needless.size() == 1 && step.terms().fenced() && step.kind() != Kind.FINAL)
                .map(Step::id)
                .findFirst();
    }

    @Override
    public String toString() {
        return name;
    }
}
