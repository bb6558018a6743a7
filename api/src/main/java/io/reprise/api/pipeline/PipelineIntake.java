package io.reprise.api.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.api.run.RunKind;
import io.reprise.api.shared.Fields;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.schedule.BadSlot;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.catalog.shared.FieldError;
import io.reprise.db.pipeline.PipelineRuns;
import io.reprise.db.run.NewRun;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.pipeline.PlannedStep;
import io.reprise.workflows.pipeline.SlotValue;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes runs of pipelines as the applied catalog has them: for a slot, with parameters, of all steps or some. Without a slot it
 * is the newest one that has ended.
 */
public final class PipelineIntake implements RunKind {

    private static final String SOURCE = "http";
    private static final List<String> MEMBERS = List.of("slot", "parameters", "steps");

    private final CurrentPipelines pipelines;
    private final Function<PipelineDefinition, Plan> planning;
    private final Clock clock;

    public PipelineIntake(CurrentPipelines pipelines, Function<PipelineDefinition, Plan> planning, Clock clock) {
        this.pipelines = pipelines;
        this.planning = planning;
        this.clock = clock;
    }

    @Override
    public String word() {
        return PipelineRuns.PIPELINE;
    }

    @Override
    public Set<String> members() {
        return Set.copyOf(MEMBERS);
    }

    @Override
    public NewRun read(String name, byte[] input, String root) {
        Fields fields = Fields.ofBody(new String(input, StandardCharsets.UTF_8), MEMBERS.toArray(String[]::new));
        Optional<String> slot = fields.text("slot");
        Map<String, String> parameters = parameters(fields);
        List<String> steps = fields.texts("steps");
        fields.check();
        CurrentPipeline current = pipelines.required(name);
        PipelineDefinition definition = current.definition();
        PipelineRequest request = request(definition, slot, parameters, root).only(steps);
        Plan plan = planning.apply(definition);
        refuseStrangers(plan, steps, root);
        return PipelineRuns.newRun(
                request.workflowId(),
                request.input(current.hash(), plan),
                SOURCE,
                definition.concurrency().slots(),
                definition.concurrency().sequential());
    }

    static Map<String, String> parameters(Fields fields) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Optional<JsonNode> given = fields.object("parameters");
        given.ifPresent(object -> object.properties().forEach(parameter -> {
            if (parameter.getValue().isValueNode() && !parameter.getValue().isNull()) {
                parameters.put(parameter.getKey(), parameter.getValue().asText());
            } else {
                fields.wrong(
                        "/parameters/" + parameter.getKey(),
                        parameter.getValue().toString(),
                        "a text, a number or a truth value");
            }
        }));
        return parameters;
    }

    /** The run that is meant: for a slot, or for the newest that has ended. */
    PipelineRequest request(
            PipelineDefinition definition, Optional<String> slot, Map<String, String> parameters, String root) {
        Optional<SlotCalendar> calendar = definition.slot();
        if (slot.isPresent() && calendar.isEmpty()) {
            throw refused(
                    definition,
                    List.of(new FieldError(
                            root + "/slot", slot.get(), "no slot: '" + definition.name() + "' stands for no time")));
        }
        try {
            return slot.isPresent()
                    ? PipelineRequest.ofSlot(definition, ended(definition, slot.get(), root), parameters)
                    : PipelineRequest.ofAsking(definition, clock.instant(), parameters);
        } catch (BadSlot wrong) {
            throw refused(
                    definition,
                    List.of(new FieldError(
                            root + "/slot",
                            slot.orElse(""),
                            calendar.map(SlotCalendar::form).orElse(""))));
        } catch (BadParameters wrong) {
            throw refused(
                    definition,
                    wrong.errors().stream()
                            .map(it -> new FieldError(root + "/parameters" + it.pointer(), it.found(), it.expected()))
                            .toList());
        }
    }

    /** What would be missing of a slot that goes on is never run later: it would have its run. */
    private SlotValue ended(PipelineDefinition definition, String name, String root) throws BadSlot {
        SlotValue slot = definition.slot().orElseThrow().named(name);
        if (slot.end().isAfter(clock.instant())) {
            throw refused(
                    definition,
                    List.of(new FieldError(
                            root + "/slot", name, "a slot that has ended; this one does at " + slot.end())));
        }
        return slot;
    }

    private static void refuseStrangers(Plan plan, List<String> steps, String root) {
        List<String> ids = plan.steps().stream().map(PlannedStep::id).toList();
        List<FieldError> strangers = steps.stream()
                .filter(step -> !ids.contains(step))
                .map(step -> new FieldError(root + "/steps", step, "steps of the pipeline: " + ids))
                .toList();
        if (!strangers.isEmpty()) {
            throw Refused.because(ProblemType.INVALID, "cannot run steps that the pipeline does not have", strangers);
        }
    }

    private static Refused refused(PipelineDefinition definition, List<FieldError> errors) {
        return Refused.because(ProblemType.INVALID, "cannot run pipeline '" + definition.name() + "'", errors);
    }
}
