package io.reprise.activities.schedule;

import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.LateDefinition;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.db.run.Run;
import io.reprise.db.schedule.Schedule;
import io.reprise.db.schedule.Schedules;
import io.reprise.workflows.backfill.Policy;
import io.reprise.workflows.backfill.SlotChoice;
import io.reprise.workflows.pipeline.SlotValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks back at the input of past slots, and has those run again whose input has changed. */
public final class LateInputs {

    /** What restated slots have as their source. */
    public static final String SOURCE = "late";

    private static final Logger LOG = LoggerFactory.getLogger(LateInputs.class);

    private final Schedules schedules;
    private final SlotAcceptance acceptance;
    private final SlotDigests digests;

    public LateInputs(Schedules schedules, SlotAcceptance acceptance, SlotDigests digests) {
        this.schedules = schedules;
        this.acceptance = acceptance;
        this.digests = digests;
    }

    /** Looks where it is time to; answers how many slots are restated. */
    public int look(Schedule schedule, KnownPipeline pipeline, Instant now) throws BadParameters {
        Optional<LateDefinition> late = pipeline.definition().late();
        Optional<SlotCalendar> calendar = pipeline.definition().slot();
        if (late.isEmpty() || calendar.isEmpty() || schedule.pause().isPresent()) {
            return 0;
        }
        if (schedule.lateCheckedAt()
                .filter(at -> at.plus(late.get().every()).isAfter(now))
                .isPresent()) {
            return 0;
        }
        Instant back = now.minus(late.get().lookBack());
        int restated = 0;
        SlotValue slot = calendar.get().endedBy(now);
        while (slot.end().isAfter(back) && !slot.end().isBefore(schedule.terms().startAt())) {
            restated += restated(pipeline, slot) ? 1 : 0;
            slot = calendar.get().before(slot);
        }
        schedules.lateChecked(pipeline.name(), schedule.lateCheckedAt(), now.truncatedTo(ChronoUnit.MILLIS));
        return restated;
    }

    /** The run stands in the ledger before the new digest does: who is lost in between restates once more, never not at all. */
    private boolean restated(KnownPipeline pipeline, SlotValue slot) throws BadParameters {
        PipelineRequest request = PipelineRequest.ofSlot(pipeline.definition(), slot, Map.of());
        Optional<Run> newest = acceptance.newest(request);
        SlotChoice choice = SlotChoice.by(Policy.ALL, newest.map(SlotStandings::of));
        if (newest.isEmpty() || !choice.run()) {
            return false;
        }
        Optional<String> before = digests.before(request);
        Optional<String> now = digests.now(pipeline.definition(), request);
        if (now.isEmpty() || now.equals(before)) {
            return false;
        }
        if (before.isPresent()) {
            acceptance.accept(request, pipeline.hash(), choice.generation(), SOURCE);
            LOG.info("The input of {} {} has changed: it is restated", pipeline.name(), request.slotWithKeys());
        }
        digests.seen(request, now.get(), before);
        return before.isPresent();
    }
}
