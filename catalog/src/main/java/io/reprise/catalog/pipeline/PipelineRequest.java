package io.reprise.catalog.pipeline;

import io.reprise.catalog.schedule.ScheduleDefinition;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.pipeline.SlotValue;
import io.reprise.workflows.run.WorkflowId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run of a pipeline that somebody asks for. Who asks for the same slot and key asks for the same run.
 *
 * @param time the slot, or the instant at which it fell due; empty where the run stands for no time
 * @param slot empty for a pipeline that stands for no time
 * @param parameters each one that the definition has
 * @param steps ids of the steps that are wanted; all of them where empty
 */
public record PipelineRequest(
        PipelineDefinition definition,
        Optional<String> time,
        Optional<SlotValue> slot,
        Map<String, Object> parameters,
        List<String> steps) {

    public PipelineRequest {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        steps = List.copyOf(steps);
    }

    public static PipelineRequest ofSlot(PipelineDefinition definition, SlotValue slot, Map<String, ?> given)
            throws BadParameters {
        return new PipelineRequest(
                definition,
                Optional.of(slot.name()),
                Optional.of(slot),
                RunParameters.read(definition, given),
                List.of());
    }

    /** What falls due when a schedule fires: the newest slot that has ended by then. */
    public static PipelineRequest ofFiring(PipelineDefinition definition, Instant firing, Map<String, ?> given)
            throws BadParameters {
        Optional<SlotValue> slot = definition.slot().map(calendar -> calendar.endedBy(firing));
        String time = slot.map(SlotValue::name).orElseGet(() -> ScheduleDefinition.nameOf(firing));
        return new PipelineRequest(
                definition, Optional.of(time), slot, RunParameters.read(definition, given), List.of());
    }

    /**
     * What is meant by asking for a run without naming a slot: the newest that has ended. Where a run stands for no time, its
     * keys are all that it is known by; without keys, every moment asks for another one.
     */
    public static PipelineRequest ofAsking(PipelineDefinition definition, Instant now, Map<String, ?> given)
            throws BadParameters {
        PipelineRequest fired = ofFiring(definition, now, given);
        return fired.slot().isPresent() || definition.key().isEmpty()
                ? fired
                : new PipelineRequest(definition, Optional.empty(), Optional.empty(), fired.parameters(), List.of());
    }

    /** What a record asks for of a pipeline that stands for no time: the same id and keys are the same run. */
    public static PipelineRequest ofRecord(PipelineDefinition definition, String id, Map<String, ?> given)
            throws BadParameters {
        return new PipelineRequest(
                definition, Optional.of(id), Optional.empty(), RunParameters.read(definition, given), List.of());
    }

    public PipelineRequest only(List<String> wanted) {
        return new PipelineRequest(definition, time, slot, parameters, wanted);
    }

    /** The slot with its keys, as it stands in the workflow id; empty for a run without either. */
    public String slotWithKeys() {
        return Stream.concat(time.stream(), definition.key().stream().map(key -> String.valueOf(parameters.get(key))))
                .collect(Collectors.joining(","));
    }

    public WorkflowId workflowId() {
        String slots = slotWithKeys();
        return new WorkflowId("pipeline/" + definition.name() + (slots.isEmpty() ? "" : "/" + slots));
    }

    /**
     * What the run is accepted with.
     *
     * @param hash under which the ledger has the definition
     */
    public PipelineInput input(String hash, Plan plan) {
        return PipelineInput.of(hash, plan, slot.orElse(null), parameters).only(steps);
    }
}
