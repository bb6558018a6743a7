package io.reprise.activities.schedule;

import io.reprise.catalog.pipeline.LateDefinition;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.db.run.Run;
import io.reprise.db.run.Runs;
import io.reprise.db.schedule.Schedule;
import io.reprise.db.schedule.Schedules;
import io.reprise.workflows.backfill.Policy;
import io.reprise.workflows.backfill.SlotChoice;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks back at the input of past slots that have runs, of whatever source and key, and has those run again whose input has
 * changed. For one thread.
 */
public final class LateInputs {

    /** What restated slots have as their source. */
    public static final String SOURCE = "late";

    private static final Logger LOG = LoggerFactory.getLogger(LateInputs.class);

    private final Schedules schedules;
    private final LateSlots slots;
    private final SlotAcceptance acceptance;
    private final SlotDigests digests;
    private final Map<String, Instant> lookedAt = new HashMap<>();

    public LateInputs(Schedules schedules, Runs runs, SlotAcceptance acceptance, SlotDigests digests) {
        this.schedules = schedules;
        this.slots = new LateSlots(runs);
        this.acceptance = acceptance;
        this.digests = digests;
    }

    /** Looks where it is time to; answers how many slots are restated. */
    public int look(KnownPipeline pipeline, Instant now) {
        Optional<LateDefinition> late = pipeline.definition().late();
        Optional<SlotCalendar> calendar = pipeline.definition().slot();
        if (late.isEmpty() || calendar.isEmpty()) {
            return 0;
        }
        Optional<Schedule> schedule = schedules.byPipeline(pipeline.name());
        boolean tooEarly = lookedAt(pipeline.name(), schedule)
                .filter(at -> at.plus(late.get().every()).isAfter(now))
                .isPresent();
        if (tooEarly || schedule.flatMap(Schedule::pause).isPresent()) {
            return 0;
        }
        String first = calendar.get().at(now.minus(late.get().lookBack())).name();
        int restated = 0;
        for (Run newest :
                slots.newest(pipeline, first, calendar.get().endedBy(now).name())) {
            restated += restated(pipeline, newest) ? 1 : 0;
        }
        looked(pipeline.name(), schedule, now.truncatedTo(ChronoUnit.MILLIS));
        return restated;
    }

    private Optional<Instant> lookedAt(String pipeline, Optional<Schedule> schedule) {
        return schedule.isPresent() ? schedule.get().lateCheckedAt() : Optional.ofNullable(lookedAt.get(pipeline));
    }

    /** What has no schedule is looked at once more after a restart. */
    private void looked(String pipeline, Optional<Schedule> schedule, Instant now) {
        schedule.ifPresentOrElse(
                it -> schedules.lateChecked(pipeline, it.lateCheckedAt(), now), () -> lookedAt.put(pipeline, now));
    }

    /** The run stands in the ledger before the new digest does: who is lost in between restates once more, never not at all. */
    private boolean restated(KnownPipeline pipeline, Run newest) {
        SlotChoice choice = SlotChoice.by(Policy.ALL, Optional.of(SlotStandings.of(newest)));
        return choice.run()
                && slots.again(pipeline, newest)
                        .filter(request -> restated(pipeline, request, choice))
                        .isPresent();
    }

    private boolean restated(KnownPipeline pipeline, PipelineRequest request, SlotChoice choice) {
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
