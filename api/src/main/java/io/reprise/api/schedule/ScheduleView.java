package io.reprise.api.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.db.run.Run;
import io.reprise.db.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A schedule.
 *
 * @param missedRule which slots are run that fell due while nothing could start them: all, latest or none
 * @param refused why nothing is started by itself, although it is not paused
 * @param next the next firings, with the slots that they stand for
 * @param last the slot that was started last, with what came of it
 * @param overdue the slot of which was last told that it is not done by the promised hour
 * @param missed how many of the last hundred firings have no run
 * @param missedSlots which, the newest of them
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ScheduleView(
        String name,
        String cron,
        String zone,
        Instant start,
        String missedRule,
        String jitter,
        boolean paused,
        Optional<String> pausedReason,
        Optional<String> pausedBy,
        Optional<Instant> pausedSince,
        Optional<String> refused,
        List<ScheduleClock.Due> next,
        Optional<Last> last,
        Optional<String> overdue,
        int missed,
        List<String> missedSlots) {

    private static final int SHOWN = 20;

    /** The slot that was started last. */
    public record Last(String slot, String runId, String state, Instant startedAt) {

        static Last of(Run run) {
            return new Last(run.slot().orElse(""), run.ref().runId(), run.word().text(), run.acceptedAt());
        }
    }

    /** What the clock makes of a schedule. */
    record Times(List<ScheduleClock.Due> next, List<String> missed, Optional<String> problem) {}

    static ScheduleView of(Schedule schedule, Times times, Optional<Run> last, Optional<String> overdue) {
        List<String> missed = times.missed();
        return new ScheduleView(
                schedule.pipeline(),
                schedule.terms().cron(),
                schedule.terms().zone().getId(),
                schedule.terms().startAt(),
                schedule.terms().missed().word(),
                words(schedule.terms().jitter()),
                schedule.pause().isPresent(),
                schedule.pause().map(Schedule.Pause::reason),
                schedule.pause().map(Schedule.Pause::by),
                schedule.pause().map(Schedule.Pause::since),
                schedule.refused().or(times::problem),
                times.next(),
                last.map(Last::of),
                overdue,
                missed.size(),
                missed.subList(Math.max(0, missed.size() - SHOWN), missed.size()));
    }

    private static String words(Duration jitter) {
        return jitter.isZero() ? "none" : jitter.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
