package io.reprise.activities.schedule;

import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.Hooks;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.db.run.Run;
import io.reprise.db.schedule.OverdueSlots;
import io.reprise.db.schedule.Schedule;
import io.reprise.db.schedule.Schedules;
import io.reprise.workflows.pipeline.SlotValue;
import io.reprise.workflows.run.RunWord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells once of each slot that is not done by the hour that its pipeline promises. */
public final class OverduePromises {

    // What is older was overdue while nobody looked, and is seen as missed.
    private static final Duration WORTH_TELLING = Duration.ofDays(1);

    private final Schedules schedules;
    private final KnownPipelines pipelines;
    private final OverdueSlots overdue;
    private final SlotAcceptance acceptance;
    private final Consumer<BrokenPromise> hooks;

    /** @param hooks does what is wanted about a slot */
    public OverduePromises(
            Schedules schedules,
            KnownPipelines pipelines,
            OverdueSlots overdue,
            SlotAcceptance acceptance,
            Consumer<BrokenPromise> hooks) {
        this.schedules = schedules;
        this.pipelines = pipelines;
        this.overdue = overdue;
        this.acceptance = acceptance;
        this.hooks = hooks;
    }

    /** Answers the slots of which it told. */
    public List<String> look(KnownPipeline pipeline, Instant now) throws BadParameters {
        Optional<Hooks.Late> late = pipeline.definition().hooks().late();
        Optional<SlotCalendar> calendar = pipeline.definition().slot();
        if (late.isEmpty() || calendar.isEmpty()) {
            return List.of();
        }
        Optional<Schedule> schedule = schedules.byPipeline(pipeline.name());
        if (schedule.flatMap(Schedule::pause).isPresent()) {
            return List.of();
        }
        List<String> told = new ArrayList<>();
        SlotValue slot = calendar.get().endedBy(now);
        while (!due(slot, late.get()).plus(WORTH_TELLING).isBefore(now)) {
            Instant due = due(slot, late.get());
            if (!due.isAfter(now) && isPromised(pipeline, schedule, slot, due)) {
                tell(pipeline, request(pipeline, schedule, slot), late.get(), due)
                        .ifPresent(told::add);
            }
            slot = calendar.get().before(slot);
        }
        return told;
    }

    /** Where no schedule says from when on, what is due after the pipeline came is promised. */
    private boolean isPromised(KnownPipeline pipeline, Optional<Schedule> schedule, SlotValue slot, Instant due) {
        return schedule.isPresent()
                ? slot.end().isAfter(schedule.get().terms().startAt())
                : pipelines.asOf(pipeline.name(), due).isPresent();
    }

    private static PipelineRequest request(KnownPipeline pipeline, Optional<Schedule> schedule, SlotValue slot)
            throws BadParameters {
        return PipelineRequest.ofSlot(
                pipeline.definition(), slot, schedule.isPresent() ? Map.of() : Followers.parameters(pipeline));
    }

    private Optional<String> tell(KnownPipeline pipeline, PipelineRequest request, Hooks.Late late, Instant due) {
        Optional<Run> newest = acceptance.newest(request);
        String slot = request.slotWithKeys();
        if (newest.filter(run -> run.word() == RunWord.SUCCEEDED).isPresent()
                || !overdue.tell(pipeline.name(), slot, due)) {
            return Optional.empty();
        }
        hooks.accept(new BrokenPromise(pipeline.name(), slot, due, newest, late.actions()));
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
