package io.reprise.api.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.catalog.pipeline.AfterDefinition;
import io.reprise.catalog.pipeline.ParameterDefinition;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.StepDefinition;
import io.reprise.db.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A pipeline of the applied catalog.
 *
 * @param slot what one run stands for
 * @param after the pipelines whose slots start its own
 * @param definition hash of what new runs are made from
 * @param last the run that was accepted last
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PipelineView(
        String name,
        Optional<String> description,
        Optional<String> owner,
        String slot,
        Optional<String> schedule,
        List<String> after,
        List<Parameter> parameters,
        List<String> key,
        List<Step> steps,
        String definition,
        Optional<Last> last) {

    /** A value that a run is given. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Parameter(String name, String expected, Optional<Object> otherwise) {

        static Parameter of(ParameterDefinition parameter) {
            return new Parameter(parameter.name(), parameter.expected(), parameter.fallback());
        }
    }

    public record Step(String id, List<String> needs, boolean undo) {

        static Step of(StepDefinition step) {
            return new Step(step.id(), step.head().needs(), step.hasUndo());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Last(String runId, Optional<String> slot, String state, Instant acceptedAt) {

        static Last of(Run run) {
            return new Last(run.ref().runId(), run.slot(), run.word().text(), run.acceptedAt());
        }
    }

    static PipelineView of(CurrentPipeline pipeline, Optional<Run> last) {
        PipelineDefinition definition = pipeline.definition();
        return new PipelineView(
                pipeline.name(),
                definition.description(),
                definition.owner(),
                definition
                        .slot()
                        .map(slot -> slot.kind().name().toLowerCase(Locale.ROOT) + " in " + slot.zone())
                        .orElse("none"),
                definition.schedule().map(schedule -> schedule.cron() + " " + schedule.zone()),
                definition.after().stream().map(AfterDefinition::pipeline).toList(),
                definition.parameters().stream().map(Parameter::of).toList(),
                definition.key(),
                definition.steps().stream().map(Step::of).toList(),
                pipeline.hash(),
                last.map(Last::of));
    }
}
