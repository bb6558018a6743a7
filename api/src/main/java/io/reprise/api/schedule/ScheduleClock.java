package io.reprise.api.schedule;

import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PipelineRequest;
import io.reprise.catalog.schedule.BadCron;
import io.reprise.catalog.schedule.Cron;
import io.reprise.db.run.Run;
import io.reprise.db.run.Runs;
import io.reprise.db.schedule.Schedule;
import io.reprise.db.schedule.ScheduleTerms;
import io.reprise.db.shared.NamedPage;
import io.reprise.db.shared.NamedPageRequest;
import io.reprise.db.shared.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Tells what a schedule does next, and what of the past it did not do. */
final class ScheduleClock {

    /** A firing, with the slot that it stands for. */
    record Due(Instant at, String slot) {}

    private static final int NEXT = 5;
    private static final int LOOKED_BACK = 100;
    // A slot that has just fallen due is late at most.
    private static final Duration LATE = Duration.ofMinutes(10);

    private final Runs runs;
    private final Clock clock;

    ScheduleClock(Runs runs, Clock clock) {
        this.runs = runs;
        this.clock = clock;
    }

    List<Due> next(Schedule schedule, PipelineDefinition definition) throws BadParameters {
        List<Due> due = new ArrayList<>();
        Cron cron = cron(schedule.terms());
        Instant from = later(clock.instant(), schedule.terms().startAt().minusNanos(1));
        Optional<Instant> firing = cron.after(from);
        while (firing.isPresent() && due.size() < NEXT) {
            due.add(new Due(firing.get(), slot(definition, firing.get())));
            firing = cron.after(firing.get());
        }
        return due;
    }

    /** The slots of the last firings that have no run, the oldest first. */
    List<String> missed(Schedule schedule, PipelineDefinition definition) throws BadParameters {
        NavigableSet<String> slots = new TreeSet<>();
        Cron cron = cron(schedule.terms());
        Optional<Instant> firing =
                cron.before(clock.instant().minus(LATE).minus(schedule.terms().jitter()));
        for (int n = 0; n < LOOKED_BACK && firing.isPresent(); n++) {
            if (firing.get().isBefore(schedule.terms().startAt())) {
                break;
            }
            slots.add(slot(definition, firing.get()));
            firing = cron.before(firing.get());
        }
        removeThoseWithARun(schedule.pipeline(), slots);
        return List.copyOf(slots);
    }

    private void removeThoseWithARun(String pipeline, NavigableSet<String> slots) {
        NamedPageRequest request = NamedPageRequest.first(Page.MOST);
        boolean more = !slots.isEmpty();
        String from = more ? slots.first() : "";
        String before = more ? slots.last() + "-" : "";
        while (more) {
            NamedPage<Run> page = runs.ofSlots(pipeline, from, before, request);
            page.items().forEach(run -> run.slot().ifPresent(slots::remove));
            more = page.next().isPresent();
            request = more ? request.after(page.next().get()) : request;
        }
    }

    private static String slot(PipelineDefinition definition, Instant firing) throws BadParameters {
        return PipelineRequest.ofFiring(definition, firing, Map.of()).slotWithKeys();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Cron cron(ScheduleTerms terms) {
        try {
            return Cron.of(terms.cron(), terms.zone());
        } catch (BadCron impossible) {
            throw new IllegalStateException("cron '" + terms.cron() + "' was checked when it was applied", impossible);
        }
    }
}
