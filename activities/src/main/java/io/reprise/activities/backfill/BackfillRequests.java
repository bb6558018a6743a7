package io.reprise.activities.backfill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.activities.schedule.KnownPipeline;
import io.reprise.activities.schedule.KnownPipelines;
import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.pipeline.StepDefinition;
import io.reprise.catalog.schedule.BadSlot;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.db.backfill.Backfill;
import io.reprise.db.backfill.DefinitionRule;
import io.reprise.workflows.pipeline.SlotValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes requests for runs of the slots of backfills. */
public final class BackfillRequests {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final TypeReference<Map<String, Object>> PARAMETERS = new TypeReference<>() {};

    private final KnownPipelines pipelines;

    public BackfillRequests(KnownPipelines pipelines) {
        this.pipelines = pipelines;
    }

    /** @param hash of the definition that the run is made from */
    record Wanted(PipelineRequest request, String hash) {}

    /** There is no definition of a slot, as the backfill wants one. */
    static final class NoDefinition extends Exception {

        private static final long serialVersionUID = 1L;

        NoDefinition(String message) {
            super(message);
        }
    }

    /** What the runs of a backfill have as their source. */
    static String source(Backfill backfill) {
        return "backfill/" + backfill.backfillId();
    }

    /** @param slot with its keys */
    Wanted of(Backfill backfill, String slot) throws BadSlot, BadParameters, NoDefinition {
        String name = slot.replaceFirst(",.*", "");
        KnownPipeline pipeline = definition(backfill, name);
        SlotValue value = slotOf(pipeline, name);
        requireSteps(backfill, pipeline.definition());
        PipelineRequest request = PipelineRequest.ofSlot(pipeline.definition(), value, parameters(backfill))
                .only(backfill.steps());
        return new Wanted(request, pipeline.hash());
    }

    /** What a slot was defined by then may have other steps than what is defined now. */
    private static void requireSteps(Backfill backfill, PipelineDefinition definition) throws NoDefinition {
        List<String> there = definition.steps().stream().map(StepDefinition::id).toList();
        List<String> strangers =
                backfill.steps().stream().filter(step -> !there.contains(step)).toList();
        if (!strangers.isEmpty()) {
            throw new NoDefinition("its definition has no step " + strangers + " (expected: some of " + there + ")");
        }
    }

    private KnownPipeline definition(Backfill backfill, String slot) throws BadSlot, NoDefinition {
        Optional<KnownPipeline> fixed =
                backfill.definition().flatMap(pipelines::byHash).or(() -> pipelines.current(backfill.pipeline()));
        if (backfill.definitionRule() == DefinitionRule.CURRENT) {
            return fixed.orElseThrow(() -> new NoDefinition("its definition is not in the ledger any more"));
        }
        KnownPipeline current = fixed.orElseThrow(() -> new NoDefinition("no catalog has the pipeline any more"));
        SlotValue value = slotOf(current, slot);
        return pipelines
                .asOf(backfill.pipeline(), value.end())
                .orElseThrow(() -> new NoDefinition("there was no definition of it at " + value.end()
                        + " (expected: one that was applied by then, or --definition current)"));
    }

    private static SlotValue slotOf(KnownPipeline pipeline, String slot) throws BadSlot, NoDefinition {
        Optional<SlotCalendar> calendar = pipeline.definition().slot();
        if (calendar.isEmpty()) {
            throw new NoDefinition("its definition stands for no time (expected: slot: hour, day or month)");
        }
        return calendar.get().named(slot);
    }

    private static Map<String, Object> parameters(Backfill backfill) {
        try {
            return JSON.readValue(backfill.parameters(), PARAMETERS);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(
                    "the parameters of backfill " + backfill.backfillId() + " were JSON when it was taken", impossible);
        }
    }
}
