package io.reprise.activities.schedule;

import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.schedule.BadSlot;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.db.run.Run;
import io.reprise.db.run.Runs;
import io.reprise.db.shared.NamedPage;
import io.reprise.db.shared.NamedPageRequest;
import io.reprise.workflows.pipeline.PipelineInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what past slots were run with: every slot and key that has a run, whoever asked for it. */
final class LateSlots {

    private static final Logger LOG = LoggerFactory.getLogger(LateSlots.class);
    private static final int AT_ONCE = 500;

    private final Runs runs;

    LateSlots(Runs runs) {
        this.runs = runs;
    }

    /**
     * The newest run of each, by slot.
     *
     * @param first name of the first slot
     * @param last name of the last one
     */
    List<Run> newest(KnownPipeline pipeline, String first, String last) {
        // Keys follow after a comma, which sorts before the dash.
        String before = last + "-";
        List<Run> newest = new ArrayList<>();
        NamedPageRequest request = NamedPageRequest.first(AT_ONCE);
        NamedPage<Run> page = runs.ofSlots(pipeline.name(), first, before, request);
        newest.addAll(page.items());
        while (page.next().isPresent()) {
            page = runs.ofSlots(
                    pipeline.name(), first, before, request.after(page.next().get()));
            newest.addAll(page.items());
        }
        return newest;
    }

    /** The same slot with the same values, from this definition; empty where it has other slots or keys by now. */
    Optional<PipelineRequest> again(KnownPipeline pipeline, Run run) {
        Optional<SlotCalendar> calendar = pipeline.definition().slot();
        Optional<PipelineInput> input = runs.input(run.ref()).map(PipelineInput::read);
        if (calendar.isEmpty() || input.isEmpty() || run.slot().isEmpty()) {
            return Optional.empty();
        }
        String slot = run.slot().get();
        try {
            PipelineRequest request = PipelineRequest.ofSlot(
                    pipeline.definition(),
                    calendar.get().named(slot.replaceFirst(",.*", "")),
                    parameters(pipeline, input.get()));
            return Optional.of(request).filter(it -> it.slotWithKeys().equals(slot));
        } catch (BadSlot | BadParameters other) {
            LOG.debug("{} cannot be run again as it was: {}", run.ref().workflowId(), other.getMessage());
            return Optional.empty();
        }
    }

    private static Map<String, Object> parameters(KnownPipeline pipeline, PipelineInput input) {
        Map<String, Object> parameters = new TreeMap<>();
        input.parameters().forEach((name, value) -> {
            if (value != null && pipeline.definition().parameter(name).isPresent()) {
                parameters.put(name, value);
            }
        });
        return parameters;
    }
}
