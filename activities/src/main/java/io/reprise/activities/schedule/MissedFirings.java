package io.reprise.activities.schedule;

import io.reprise.catalog.schedule.BadCron;
import io.reprise.catalog.schedule.Cron;
import io.reprise.db.run.Runs;
import io.reprise.db.schedule.Missed;
import io.reprise.db.schedule.Schedule;
import io.reprise.db.schedule.ScheduleTerms;
import io.reprise.db.schedule.Schedules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Optional;

/**
 * Follows the clock of a schedule in the ledger, whether Temporal fired or not: what fell due without a run is run by the
 * schedule's rule. How far it got moves by compare-and-set, after the runs stand in the ledger, so that nothing is dropped.
 */
public final class MissedFirings {

    // The launcher comes first; a worker that is restarted comes late but misses nothing.
    private static final Duration GRACE = Duration.ofSeconds(30);
    /** What is found within that time after it fell due is late, not missed, whatever the rule for missed ones. */
    static final Duration LATE = Duration.ofMinutes(10);

    private static final int FIRINGS_AT_ONCE = 500;

    private final Schedules schedules;
    private final Runs runs;
    private final LedgerLauncher launcher;

    public MissedFirings(Schedules schedules, Runs runs, LedgerLauncher launcher) {
        this.schedules = schedules;
        this.runs = runs;
        this.launcher = launcher;
    }

    /** Answers whether there is more to account for at once. */
    public boolean catchUp(Schedule schedule, KnownPipeline pipeline, Instant now) throws BadCron {
        ScheduleTerms terms = schedule.terms();
        Instant from = schedule.checkedUntil().filter(terms.startAt()::isBefore).orElse(terms.startAt());
        Instant to = now.minus(terms.jitter()).minus(GRACE).truncatedTo(ChronoUnit.MILLIS);
        if (schedule.pause().isPresent() || !from.isBefore(to)) {
            return false;
        }
        Cron cron = Cron.of(terms.cron(), terms.zone());
        Instant missedBefore = to.minus(LATE);
        Choice choice = new Choice(terms.missed(), missedBefore, cron.before(missedBefore));
        return follow(schedule, pipeline, cron, choice, from, to);
    }

    private boolean follow(
            Schedule schedule, KnownPipeline pipeline, Cron cron, Choice choice, Instant from, Instant to) {
        int slots = pipeline.definition().concurrency().slots();
        Iterator<Instant> firings = cron.between(from, to).iterator();
        Instant until = from;
        for (int seen = 0; seen < FIRINGS_AT_ONCE && firings.hasNext(); seen++) {
            Instant firing = firings.next();
            if (choice.runs(firing)) {
                if (runs.openOf(pipeline.name()) >= slots) {
                    moved(schedule, until);
                    return false;
                }
                launcher.launch(pipeline, firing);
            }
            until = firing.plusMillis(1);
        }
        boolean more = firings.hasNext();
        moved(schedule, more ? until : to);
        return more;
    }

    /** Somebody else who came first has seen to the same firings: each has one run. */
    private void moved(Schedule schedule, Instant until) {
        schedules.checked(schedule.pipeline(), schedule.checkedUntil(), until);
    }

    /**
     * Which firings are run.
     *
     * @param missedBefore what fell due before it is missed, what fell due later merely late
     * @param latest the last one that was missed
     */
    record Choice(Missed rule, Instant missedBefore, Optional<Instant> latest) {

        boolean runs(Instant firing) {
            if (!firing.isBefore(missedBefore)) {
                return true;
            }
            return switch (rule) {
                case ALL -> true;
                case LATEST -> latest.filter(firing::equals).isPresent();
                case NONE -> false;
            };
        }
    }
}
