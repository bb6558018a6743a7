package io.reprise.worker.schedule;

import io.reprise.activities.schedule.Followers;
import io.reprise.activities.schedule.InputBaselines;
import io.reprise.activities.schedule.KnownPipeline;
import io.reprise.activities.schedule.KnownPipelines;
import io.reprise.activities.schedule.LateInputs;
import io.reprise.activities.schedule.MissedFirings;
import io.reprise.activities.schedule.OverduePromises;
import io.reprise.db.schedule.Schedule;
import io.reprise.db.schedule.Schedules;
import io.reprise.db.shared.NamedPage;
import io.reprise.db.shared.NamedPageRequest;
import io.reprise.db.shared.Page;
import io.reprise.worker.shared.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to all schedules, each second: what was missed is caught up, what runs after others follows them, what is overdue is
 * told of. One that fails does not hold up the others.
 */
public final class ScheduleKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleKeeper.class);
    private static final Duration REST = Duration.ofSeconds(1);
    private static final Duration BETWEEN_PROMISES = Duration.ofSeconds(10);
    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LATE_LOOKS = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(3);

    /** What a keeper does about schedules. */
    public record Duties(
            MissedFirings missed,
            Followers followers,
            OverduePromises overdue,
            InputBaselines baselines,
            LateInputs late) {}

    private final Schedules schedules;
    private final KnownPipelines pipelines;
    private final Duties duties;
    private final FiringWatch firing;
    private final Clock clock;
    private final Rounds rounds;
    private final Rounds promiseRounds;
    private final Rounds noteRounds;
    private final Rounds lateRounds;

    private ScheduleKeeper(
            Schedules schedules, KnownPipelines pipelines, Duties duties, FiringWatch firing, Clock clock) {
        this.schedules = schedules;
        this.pipelines = pipelines;
        this.duties = duties;
        this.firing = firing;
        this.clock = clock;
        this.rounds = Rounds.start("schedules", GRACE, this::round);
        this.promiseRounds = Rounds.start("promises", GRACE, this::lookForBrokenPromises);
        this.noteRounds = Rounds.start("input-baselines", GRACE, this::noteInputs);
        this.lateRounds = Rounds.start("late-inputs", GRACE, this::lookForLateInputs);
    }

    static ScheduleKeeper start(
            Schedules schedules, KnownPipelines pipelines, Duties duties, FiringWatch firing, Clock clock) {
        return new ScheduleKeeper(schedules, pipelines, duties, firing, clock);
    }

    @Override
    public void close() {
        lateRounds.close();
        noteRounds.close();
        promiseRounds.close();
        rounds.close();
    }

    private Duration round() {
        firing.keep(all());
        // Read again: what was just refused starts nothing.
        List<Schedule> all = all();
        boolean more = false;
        for (Schedule schedule : all) {
            more |= tried(schedule.pipeline(), () -> see(schedule));
        }
        for (KnownPipeline pipeline : pipelines.current()) {
            more |= tried(pipeline.name(), () -> duties.followers().follow(pipeline, clock.instant()));
        }
        return more ? Duration.ZERO : REST;
    }

    private boolean see(Schedule schedule) throws Exception {
        Optional<KnownPipeline> pipeline = pipelines.current(schedule.pipeline());
        return pipeline.isPresent()
                && schedule.refused().isEmpty()
                && duties.missed().catchUp(schedule, pipeline.get(), clock.instant());
    }

    /** Hooks run commands, which may take long. */
    private Duration lookForBrokenPromises() {
        for (KnownPipeline pipeline : pipelines.current()) {
            tried(
                    pipeline.name(),
                    () -> !duties.overdue().look(pipeline, clock.instant()).isEmpty());
        }
        return BETWEEN_PROMISES;
    }

    /** Databases of others are asked, which may take long. */
    private Duration lookForLateInputs() {
        for (KnownPipeline pipeline : pipelines.current()) {
            tried(pipeline.name(), () -> duties.late().look(pipeline, clock.instant()) > 0);
        }
        return BETWEEN_LATE_LOOKS;
    }

    /** Beside the looks, which may take long: what is noted late is not seen to change. */
    private Duration noteInputs() {
        for (KnownPipeline pipeline : pipelines.current()) {
            tried(pipeline.name(), () -> {
                duties.baselines().note(pipeline, clock.instant());
                return false;
            });
        }
        return BETWEEN_NOTES;
    }

    private List<Schedule> all() {
        List<Schedule> all = new ArrayList<>();
        NamedPageRequest request = NamedPageRequest.first(Page.MOST);
        NamedPage<Schedule> page = schedules.page(request);
        all.addAll(page.items());
        while (page.next().isPresent()) {
            page = schedules.page(request.after(page.next().get()));
            all.addAll(page.items());
        }
        return all;
    }

    /** Something that is done about one pipeline, and answers whether there is more to do at once. */
    @FunctionalInterface
    private interface Duty {
        boolean run() throws Exception;
    }

    private boolean tried(String pipeline, Duty duty) {
        try {
            return duty.run();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            LOG.warn("The schedule of {} could not be seen to and is tried again: {}", pipeline, e.toString(), e);
            return false;
        }
    }
}
