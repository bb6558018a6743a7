package io.reprise.db.schedule;

import static io.reprise.db.ledger.Tables.SCHEDULE;

import io.reprise.db.shared.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jooq.DSLContext;

/** The way from the schedules that are declared to those of a catalog, inside a transaction of the caller. */
public final class ScheduleChanges {

    private final DSLContext open;
    private final Map<String, ScheduleTerms> wanted = new TreeMap<>();

    public ScheduleChanges(DSLContext open, Collection<ScheduleTerms> schedules) {
        this.open = open;
        schedules.forEach(terms -> wanted.put(terms.pipeline(), terms));
    }

    /** By pipeline. */
    public List<ScheduleChange> plan() {
        Map<String, ScheduleTerms> declared = open.selectFrom(SCHEDULE)
                .where(SCHEDULE.REMOVED_AT.isNull())
                .fetchMap(SCHEDULE.PIPELINE, Schedules::terms);
        SortedSet<String> pipelines = new TreeSet<>(declared.keySet());
        pipelines.addAll(wanted.keySet());
        List<ScheduleChange> changes = new ArrayList<>();
        for (String pipeline : pipelines) {
            Optional<ScheduleTerms> before = Optional.ofNullable(declared.get(pipeline));
            Optional<ScheduleTerms> after = Optional.ofNullable(wanted.get(pipeline));
            changes.add(new ScheduleChange(pipeline, Effect.of(before, after), before, after));
        }
        return changes;
    }

    /** What operators decided, and how far the clock was followed, stays. */
    public void apply(List<ScheduleChange> changes, Instant now) {
        for (ScheduleChange change : changes) {
            switch (change.effect()) {
                case UNCHANGED -> {}
                case REMOVED -> remove(change.pipeline(), now);
                case ADDED, CHANGED -> declare(change.after().orElseThrow(), now);
            }
        }
    }

    private void remove(String pipeline, Instant now) {
        open.update(SCHEDULE)
                .set(SCHEDULE.REMOVED_AT, now)
                .where(SCHEDULE.PIPELINE.eq(pipeline))
                .execute();
    }

    private void declare(ScheduleTerms terms, Instant now) {
        open.insertInto(SCHEDULE)
                .set(SCHEDULE.PIPELINE, terms.pipeline())
                .set(SCHEDULE.CRON, terms.cron())
                .set(SCHEDULE.ZONE, terms.zone().getId())
                .set(SCHEDULE.START_AT, terms.startAt())
                .set(SCHEDULE.MISSED, terms.missed().word())
                .set(SCHEDULE.JITTER_MILLIS, terms.jitter().toMillis())
                .set(SCHEDULE.DECLARED_AT, now)
                .onConflict(SCHEDULE.PIPELINE)
                .doUpdate()
                .set(SCHEDULE.CRON, terms.cron())
                .set(SCHEDULE.ZONE, terms.zone().getId())
                .set(SCHEDULE.START_AT, terms.startAt())
                .set(SCHEDULE.MISSED, terms.missed().word())
                .set(SCHEDULE.JITTER_MILLIS, terms.jitter().toMillis())
                .set(SCHEDULE.DECLARED_AT, now)
                .setNull(SCHEDULE.REMOVED_AT)
                .execute();
    }
}
