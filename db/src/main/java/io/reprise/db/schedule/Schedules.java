package io.reprise.db.schedule;

import static io.reprise.db.ledger.Tables.SCHEDULE;

import io.reprise.db.shared.NamedPage;
import io.reprise.db.shared.NamedPageRequest;
import io.reprise.db.shared.Storable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The schedules of the catalog that is applied. */
public final class Schedules {

    private static final Condition DECLARED = SCHEDULE.REMOVED_AT.isNull();

    private final DSLContext sql;
    private final Clock clock;

    public Schedules(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** By pipeline. */
    public NamedPage<Schedule> page(NamedPageRequest request) {
        return NamedPage.of(
                sql.selectFrom(SCHEDULE)
                        .where(DECLARED)
                        .and(SCHEDULE.PIPELINE.gt(request.above()))
                        .orderBy(SCHEDULE.PIPELINE)
                        .limit(request.probe())
                        .fetch(Schedules::schedule),
                request.size(),
                Schedule::pipeline);
    }

    public Optional<Schedule> byPipeline(String pipeline) {
        return sql.selectFrom(SCHEDULE)
                .where(DECLARED)
                .and(SCHEDULE.PIPELINE.eq(pipeline))
                .fetchOptional(Schedules::schedule);
    }

    /** Empty where there is no such schedule. One that is paused already keeps its first reason. */
    public Optional<Schedule> pause(String pipeline, String reason, String actor) {
        sql.update(SCHEDULE)
                .set(SCHEDULE.PAUSED, true)
                .set(SCHEDULE.PAUSED_REASON, reason)
                .set(SCHEDULE.PAUSED_BY, actor)
                .set(SCHEDULE.PAUSED_SINCE, clock.instant())
                .where(DECLARED)
                .and(SCHEDULE.PIPELINE.eq(pipeline))
                .andNot(SCHEDULE.PAUSED)
                .execute();
        return byPipeline(pipeline);
    }

    /** Empty where there is no such schedule. What fell due meanwhile is missed, not forgotten. */
    public Optional<Schedule> resume(String pipeline) {
        return sql.update(SCHEDULE)
                .set(SCHEDULE.PAUSED, false)
                .setNull(SCHEDULE.PAUSED_REASON)
                .setNull(SCHEDULE.PAUSED_BY)
                .setNull(SCHEDULE.PAUSED_SINCE)
                .where(DECLARED)
                .and(SCHEDULE.PIPELINE.eq(pipeline))
                .returning()
                .fetchOptional(Schedules::schedule);
    }

    /**
     * Moves on how far the clock was followed. Answers false where somebody else moved it from there: of two that account
     * for the same time one comes too late.
     */
    public boolean checked(String pipeline, Optional<Instant> from, Instant until) {
        return sql.update(SCHEDULE)
                        .set(SCHEDULE.CHECKED_UNTIL, until)
                        .where(SCHEDULE.PIPELINE.eq(pipeline))
                        .and(SCHEDULE.CHECKED_UNTIL.isNotDistinctFrom(from.orElse(null)))
                        .execute()
                == 1;
    }

    /** The same for the comparison of past slots' inputs. */
    public boolean lateChecked(String pipeline, Optional<Instant> before, Instant now) {
        return sql.update(SCHEDULE)
                        .set(SCHEDULE.LATE_CHECKED_AT, now)
                        .where(SCHEDULE.PIPELINE.eq(pipeline))
                        .and(SCHEDULE.LATE_CHECKED_AT.isNotDistinctFrom(before.orElse(null)))
                        .execute()
                == 1;
    }

    /** Notes which slot was started last. */
    public void started(String pipeline, String slot, String runId) {
        sql.update(SCHEDULE)
                .set(SCHEDULE.LAST_SLOT, slot)
                .set(SCHEDULE.LAST_RUN_ID, runId)
                .set(SCHEDULE.LAST_STARTED_AT, clock.instant())
                .where(SCHEDULE.PIPELINE.eq(pipeline))
                .execute();
    }

    /** Notes whether the Temporal server fires it, and if not, why. */
    public void refused(String pipeline, Optional<String> why) {
        sql.update(SCHEDULE)
                .set(SCHEDULE.REFUSED, why.map(Storable::text).orElse(null))
                .where(SCHEDULE.PIPELINE.eq(pipeline))
                .and(SCHEDULE.REFUSED.isDistinctFrom(why.map(Storable::text).orElse(null)))
                .execute();
    }

    /** Forgets schedules that no catalog has since then, with what was decided about them. */
    public int forgetRemovedBefore(Instant firstKept) {
        return sql.deleteFrom(SCHEDULE).where(SCHEDULE.REMOVED_AT.lt(firstKept)).execute();
    }

    static ScheduleTerms terms(Record row) {
        return new ScheduleTerms(
                row.get(SCHEDULE.PIPELINE),
                row.get(SCHEDULE.CRON),
                ZoneId.of(row.get(SCHEDULE.ZONE)),
                row.get(SCHEDULE.START_AT),
                Missed.of(row.get(SCHEDULE.MISSED)),
                Duration.ofMillis(row.get(SCHEDULE.JITTER_MILLIS)));
    }

    private static Schedule schedule(Record row) {
        return new Schedule(
                terms(row),
                pause(row),
                Optional.ofNullable(row.get(SCHEDULE.CHECKED_UNTIL)),
                last(row),
                Optional.ofNullable(row.get(SCHEDULE.LATE_CHECKED_AT)),
                Optional.ofNullable(row.get(SCHEDULE.REFUSED)));
    }

    private static Optional<Schedule.Pause> pause(Record row) {
        if (!row.get(SCHEDULE.PAUSED)) {
            return Optional.empty();
        }
        return Optional.of(new Schedule.Pause(
                row.get(SCHEDULE.PAUSED_REASON), row.get(SCHEDULE.PAUSED_BY), row.get(SCHEDULE.PAUSED_SINCE)));
    }

    private static Optional<Schedule.LastSlot> last(Record row) {
        @Nullable String slot = row.get(SCHEDULE.LAST_SLOT);
        if (slot == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Schedule.LastSlot(slot, row.get(SCHEDULE.LAST_RUN_ID), row.get(SCHEDULE.LAST_STARTED_AT)));
    }
}
