package io.reprise.activities.schedule;

import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.Hooks;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.db.run.Run;
import io.reprise.db.schedule.OverdueSlots;
import io.reprise.db.schedule.Schedule;
import io.reprise.workflows.pipeline.SlotValue;
import io.reprise.workflows.run.RunWord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once of each slot that is not done by the hour that its pipeline promises. */
public final class OverduePromises {

    private static final Logger LOG = LoggerFactory.getLogger(OverduePromises.class);
    // What is older was overdue while nobody looked, and is seen as missed.
    private static final Duration WORTH_TELLING = Duration.ofDays(1);

    private final OverdueSlots overdue;
    private final SlotAcceptance acceptance;

    public OverduePromises(OverdueSlots overdue, SlotAcceptance acceptance) {
        this.overdue = overdue;
        this.acceptance = acceptance;
    }

    /** Answers the slot of which it told. */
    public Optional<String> look(Schedule schedule, KnownPipeline pipeline, Instant now) throws BadParameters {
        Optional<Hooks.Late> late = pipeline.definition().hooks().late();
        Optional<SlotCalendar> calendar = pipeline.definition().slot();
        if (late.isEmpty() || calendar.isEmpty() || schedule.pause().isPresent()) {
            return Optional.empty();
        }
        SlotValue slot = calendar.get().endedBy(now);
        while (due(slot, late.get()).isAfter(now)) {
            slot = calendar.get().before(slot);
        }
        Instant due = due(slot, late.get());
        if (due.plus(WORTH_TELLING).isBefore(now)
                || !slot.end().isAfter(schedule.terms().startAt())) {
            return Optional.empty();
        }
        PipelineRequest request = PipelineRequest.ofSlot(pipeline.definition(), slot, Map.of());
        return tell(pipeline, request, late.get(), due);
    }

    private Optional<String> tell(KnownPipeline pipeline, PipelineRequest request, Hooks.Late late, Instant due) {
        Optional<Run> newest = acceptance.newest(request);
        String slot = request.slotWithKeys();
        if (newest.filter(run -> run.word() == RunWord.SUCCEEDED).isPresent()
                || !overdue.tell(pipeline.name(), slot, due)) {
            return Optional.empty();
        }
        LOG.warn(
                "{} {} is {} and was promised by {}: {}",
                pipeline.name(),
                slot,
                newest.map(run -> run.word().text()).orElse("not started"),
                due,
                late.actions());
        return Optional.of(slot);
    }

    /** The first instant from the end of a slot on at which local clocks show the hour. */
    static Instant due(SlotValue slot, Hooks.Late late) {
        ZonedDateTime end = slot.end().atZone(slot.zone());
        ZonedDateTime due = end.toLocalDate().atTime(late.by()).atZone(slot.zone());
        ZonedDateTime notBefore = due.isBefore(end)
                ? end.toLocalDate().plusDays(1).atTime(late.by()).atZone(slot.zone())
                : due;
        return notBefore.toInstant();
    }
}
