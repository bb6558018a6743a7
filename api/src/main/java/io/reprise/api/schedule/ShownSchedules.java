package io.reprise.api.schedule;

import io.reprise.api.pipeline.CurrentPipeline;
import io.reprise.api.pipeline.CurrentPipelines;
import io.reprise.api.shared.Refused;
import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.db.run.Run;
import io.reprise.db.run.Runs;
import io.reprise.db.schedule.OverdueSlots;
import io.reprise.db.schedule.Schedule;
import io.reprise.db.schedule.Schedules;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Shows schedules with what they do next, what came of the last slot, and what they missed. */
public final class ShownSchedules {

    private final Schedules schedules;
    private final CurrentPipelines pipelines;
    private final Runs runs;
    private final OverdueSlots overdue;
    private final ScheduleClock times;

    public ShownSchedules(
            Schedules schedules, CurrentPipelines pipelines, Runs runs, OverdueSlots overdue, Clock clock) {
        this.schedules = schedules;
        this.pipelines = pipelines;
        this.runs = runs;
        this.overdue = overdue;
        this.times = new ScheduleClock(runs, clock);
    }

    Schedule find(String name) {
        return schedules.byPipeline(name).orElseThrow(() -> none(name));
    }

    static Refused none(String name) {
        return Refused.notFound("a schedule", name);
    }

    ScheduleView show(Schedule schedule) {
        Optional<Run> last = schedule.last()
                .flatMap(it -> runs.ofSlot(schedule.pipeline(), it.slot()).or(() -> runs.byId(it.runId())));
        return ScheduleView.of(schedule, times(schedule), last, overdue.last(schedule.pipeline()));
    }

    private ScheduleView.Times times(Schedule schedule) {
        Optional<CurrentPipeline> pipeline = pipelines.named(schedule.pipeline());
        if (pipeline.isEmpty()) {
            return new ScheduleView.Times(List.of(), List.of(), Optional.of("its pipeline is not in the catalog"));
        }
        try {
            return new ScheduleView.Times(
                    times.next(schedule, pipeline.get().definition()),
                    times.missed(schedule, pipeline.get().definition()),
                    Optional.empty());
        } catch (BadParameters bad) {
            return new ScheduleView.Times(
                    List.of(), List.of(), Optional.of(bad.getMessage() + " (expected: a default for each)"));
        }
    }
}
