package io.reprise.workflows.pipeline;

import io.reprise.workflows.pipeline.Condition.Verdict;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.saga.Approved;
import io.reprise.workflows.saga.Flow;
import io.reprise.workflows.saga.Refusal;
import io.reprise.workflows.saga.Step;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What flows through one run of a pipeline: its parameters, and from step to step the outputs that are read. */
final class PipelineFlow implements Flow {

    private final PipelineInput input;
    private final Map<String, PlannedStep> steps = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final Set<String> answered = new LinkedHashSet<>();
    private final Map<String, StepKey> inherited = new LinkedHashMap<>();

    PipelineFlow(PipelineInput input) {
        this.input = input;
        Plan plan = input.plan();
        Stream.concat(plan.steps().stream(), plan.last().stream()).forEach(step -> steps.put(step.id(), step));
        values.putAll(input.parameters());
        for (Inherited kept : input.inherited()) {
            inherited.put(kept.step(), kept.key());
            keep(kept.step(), kept.outputs());
        }
    }

    @Override
    public Due due(Step step) {
        PlannedStep planned = Optional.ofNullable(steps.get(step.id())).orElseThrow();
        if (!isWanted(planned)) {
            return new Due.Skip("not among the steps that were asked for: " + String.join(", ", input.only()));
        }
        for (Condition condition : planned.turn().when()) {
            switch (condition.check(values)) {
                case Verdict.Met() -> {}
                case Verdict.NotMet(String because) -> {
                    return new Due.Skip(because);
                }
                case Verdict.Unclear(String because) -> {
                    return new Due.Refuse(Refusal.because(
                            "condition-unclear", "cannot tell whether '" + step.id() + "' is to be done: " + because));
                }
            }
        }
        return new Due.Run(call(planned));
    }

    private boolean isWanted(PlannedStep step) {
        return input.only().isEmpty()
                || input.only().contains(step.id())
                || input.plan().last().contains(step);
    }

    private PipelineStep call(PlannedStep step) {
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        step.turn().reads().forEach(output -> read.put(output.value(), values.get(output.value())));
        return new PipelineStep(input.definition(), step.id(), input.slot(), input.parameters(), read);
    }

    @Override
    public Class<?> answerType() {
        return StepResult.class;
    }

    @Override
    public void answered(Step step, @Nullable Object answer) {
        answered.add(step.id());
        if (answer instanceof StepResult result) {
            keep(step.id(), result.outputs());
        } else if (answer instanceof Approved approved) {
            values.put(step.id() + ".by", approved.by());
            values.put(step.id() + ".reason", approved.reason());
        }
    }

    private void keep(String stepId, Map<String, @Nullable Object> outputs) {
        outputs.forEach((name, value) -> values.put(stepId + "." + name, value));
    }

    @Override
    public boolean hasAnswerOf(Step step) {
        return answered.contains(step.id());
    }

    @Override
    public Optional<StepKey> inherited(Step step) {
        return Optional.ofNullable(inherited.get(step.id()));
    }
}
