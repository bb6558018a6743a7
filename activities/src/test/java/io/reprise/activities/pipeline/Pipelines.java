package io.reprise.activities.pipeline;

import io.reprise.catalog.pipeline.CommandStep;
import io.reprise.catalog.pipeline.Concurrency;
import io.reprise.catalog.pipeline.Guarantee;
import io.reprise.catalog.pipeline.Hooks;
import io.reprise.catalog.pipeline.Output;
import io.reprise.catalog.pipeline.OutputSource;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.StepDefinition;
import io.reprise.catalog.pipeline.StepHead;
import io.reprise.catalog.pipeline.WaitFor;
import io.reprise.catalog.pipeline.WaitStep;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.pipeline.PlannedStep;
import io.reprise.workflows.pipeline.PlannedTerms;
import io.reprise.workflows.pipeline.SlotKind;
import io.reprise.workflows.pipeline.StepEnd;
import io.reprise.workflows.pipeline.StepKind;
import io.reprise.workflows.pipeline.StepTurn;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.saga.FailurePolicy;
import io.reprise.workflows.saga.Retry;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Definitions of pipelines for tests. */
final class Pipelines {

    static final SlotCalendar DAYS = new SlotCalendar(SlotKind.DAY, ZoneOffset.UTC);

    private Pipelines() {}

    static PipelineDefinition daily(String name, StepDefinition... steps) {
        return definition(name, Optional.of(DAYS), Hooks.NONE, steps);
    }

    static PipelineDefinition timeless(String name, StepDefinition... steps) {
        return definition(name, Optional.empty(), Hooks.NONE, steps);
    }

    static PipelineDefinition definition(
            String name, Optional<SlotCalendar> slot, Hooks hooks, StepDefinition... steps) {
        return new PipelineDefinition(
                new Name(name),
                Optional.empty(),
                Optional.empty(),
                slot,
                Optional.empty(),
                List.of(),
                List.of(),
                Concurrency.USUAL,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                FailurePolicy.UNDO,
                List.of(steps),
                List.of(),
                hooks,
                List.of());
    }

    static StepHead head(String id, Map<String, Object> with) {
        return new StepHead(
                id,
                Optional.empty(),
                List.of(),
                List.of(),
                with,
                Optional.empty(),
                Retry.PATIENT,
                Duration.ofMinutes(1),
                false,
                false,
                Hooks.NONE);
    }

    /** A command of the shell, with its last line as the output {@code said}. */
    static CommandStep shell(String id, String script, Map<String, Object> with, Optional<String> undo) {
        return new CommandStep(
                head(id, with),
                Guarantee.AT_LEAST_ONCE,
                List.of("sh", "-c", script),
                undo.map(text -> List.of("sh", "-c", text)),
                List.of(new Output("said", OutputSource.LAST_LINE, Optional.empty())));
    }

    static WaitStep wait(String id, WaitFor what) {
        return new WaitStep(head(id, Map.of()), what, Duration.ofSeconds(1), Duration.ofHours(1), Optional.empty());
    }

    /** A plan as good as any, for tests of what stands around it. */
    static Plan plan(PipelineDefinition definition) {
        PlannedTerms terms = PlannedTerms.unfenced(Retry.PATIENT, Duration.ofSeconds(5));
        List<PlannedStep> steps = definition.steps().stream()
                .map(step -> new PlannedStep(
                        step.id(), StepKind.COMMAND, "pipeline", StepTurn.after(), terms, StepEnd.PLAIN))
                .toList();
        return new Plan(definition.name(), definition.failure(), steps, List.of(), List.of());
    }
}
