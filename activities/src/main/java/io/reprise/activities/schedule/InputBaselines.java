package io.reprise.activities.schedule;

import io.reprise.catalog.pipeline.LateDefinition;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.db.run.Run;
import io.reprise.db.run.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Notes what slots are made from soon after their first runs were accepted, whoever asked for them, so that a later look has
 * something to compare with. For one thread.
 */
public final class InputBaselines {

    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(1);

    private final LateSlots slots;
    private final SlotDigests digests;
    private final Map<String, Instant> notBefore = new HashMap<>();

    public InputBaselines(Runs runs, SlotDigests digests) {
        this.slots = new LateSlots(runs);
        this.digests = digests;
    }

    public void note(KnownPipeline pipeline, Instant now) {
        Optional<LateDefinition> late = pipeline.definition().late();
        Optional<SlotCalendar> calendar = pipeline.definition().slot();
        if (late.isEmpty()
                || calendar.isEmpty()
                || now.isBefore(notBefore.getOrDefault(pipeline.name(), Instant.MIN))) {
            return;
        }
        String first = calendar.get().at(now.minus(late.get().lookBack())).name();
        List<Run> newest = slots.newest(pipeline, first, calendar.get().at(now).name());
        Set<String> noted = digests.noted(pipeline.name(), first);
        boolean read = newest.stream()
                .filter(run -> run.slot().filter(noted::contains).isEmpty())
                .flatMap(run -> slots.again(pipeline, run).stream())
                .allMatch(request -> digests.note(pipeline.definition(), request));
        if (!read) {
            notBefore.put(pipeline.name(), now.plus(AFTER_A_FAILURE));
        }
    }
}
