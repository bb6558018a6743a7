package io.reprise.db.trigger;

import static io.reprise.db.ledger.Tables.DEAD_LETTER;
import static io.reprise.db.ledger.Tables.INBOX;
import static io.reprise.db.ledger.Tables.RUN;
import static io.reprise.db.ledger.Tables.SUBSCRIPTION;
import static io.reprise.db.ledger.Tables.TRIGGER_LOOKUP;
import static io.reprise.db.ledger.Tables.TRIGGER_POSITION;
import static org.jooq.impl.DSL.count;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;

/** Sets triggers to other places, and holds what the ledger has of their records against each other. */
public final class TriggerPlaces {

    private static final Duration LOOKED_AT = Duration.ofDays(7);
    private static final Duration KEPT = Duration.ofHours(1);

    private final DSLContext sql;
    private final Clock clock;

    public TriggerPlaces(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Lets a paused trigger go on at these offsets, by partition. What it accepted before is known by the inbox and starts
     * nothing again.
     */
    public PlacedAgain set(String trigger, String log, Map<Integer, Long> places) {
        return sql.transactionResult(all -> {
            Optional<Subscription> found = all.dsl()
                    .selectFrom(SUBSCRIPTION)
                    .where(SUBSCRIPTION.TRIGGER.eq(trigger))
                    .forUpdate()
                    .fetchOptional(Triggers::subscription);
            if (found.isEmpty()) {
                return new PlacedAgain.NotFound(trigger);
            }
            if (!found.get().paused()) {
                return new PlacedAgain.StillRuns(found.get().state());
            }
            places.forEach(
                    (partition, offset) -> set(all.dsl(), new TriggerBatch.Source(trigger, log, partition), offset));
            all.dsl()
                    .update(SUBSCRIPTION)
                    .set(SUBSCRIPTION.RESETS, SUBSCRIPTION.RESETS.plus(1))
                    .set(SUBSCRIPTION.UPDATED_AT, clock.instant())
                    .where(SUBSCRIPTION.TRIGGER.eq(trigger))
                    .execute();
            return new PlacedAgain.Done(places.size());
        });
    }

    private void set(DSLContext open, TriggerBatch.Source source, long offset) {
        open.insertInto(TRIGGER_POSITION)
                .set(TRIGGER_POSITION.TRIGGER, source.trigger())
                .set(TRIGGER_POSITION.TOPIC_ID, source.topicId())
                .set(TRIGGER_POSITION.PARTITION, source.partition())
                .set(TRIGGER_POSITION.NEXT_OFFSET, offset)
                .set(TRIGGER_POSITION.UPDATED_AT, clock.instant())
                .onConflict(TRIGGER_POSITION.TRIGGER, TRIGGER_POSITION.TOPIC_ID, TRIGGER_POSITION.PARTITION)
                .doUpdate()
                .set(TRIGGER_POSITION.NEXT_OFFSET, offset)
                .setNull(TRIGGER_POSITION.LAST_OFFSET)
                .setNull(TRIGGER_POSITION.LAST_DIGEST)
                .set(TRIGGER_POSITION.UPDATED_AT, clock.instant())
                .execute();
    }

    /** How many records between two offsets, the second excluded, became runs. */
    public int known(TriggerBatch.Source source, long from, long to) {
        return sql.fetchCount(sql.selectOne()
                .from(INBOX)
                .where(TriggerInbox.of(source))
                .and(INBOX.RECORD_OFFSET.ge(from))
                .and(INBOX.RECORD_OFFSET.lt(to)));
    }

    /** How many records of a partition are dead letters that wait for a decision. */
    public int openLetters(TriggerBatch.Source source) {
        return sql.fetchCount(sql.selectOne()
                .from(DEAD_LETTER)
                .where(DEAD_LETTER.TRIGGER.eq(source.trigger()))
                .and(DEAD_LETTER.TOPIC_ID.eq(source.topicId()))
                .and(DEAD_LETTER.PARTITION.eq(source.partition()))
                .and(DEAD_LETTER.STATUS.eq("OPEN")));
    }

    /** How many records of the last week became runs that the ledger does not have. */
    public int runsMissing(String trigger) {
        LocalDate since = LocalDate.ofInstant(clock.instant().minus(LOOKED_AT), ZoneOffset.UTC);
        return sql.select(count())
                .from(INBOX)
                .leftJoin(RUN)
                .on(RUN.RUN_ID.eq(INBOX.RUN_ID).and(RUN.STARTED_ON.eq(INBOX.STARTED_ON)))
                .where(INBOX.TRIGGER.eq(trigger))
                .and(INBOX.RECEIVED_ON.ge(since))
                .and(INBOX.STARTED_ON.ge(since))
                .and(RUN.RUN_ID.isNull())
                .fetchSingle()
                .value1();
    }

    /** Asks the trigger's reader for the offsets of an instant; the answer as JSON, by partition, once there is one. */
    public Optional<String> offsetsAt(String trigger, Instant instant) {
        sql.deleteFrom(TRIGGER_LOOKUP)
                .where(TRIGGER_LOOKUP.ASKED_AT.lt(clock.instant().minus(KEPT)))
                .execute();
        sql.insertInto(TRIGGER_LOOKUP)
                .set(TRIGGER_LOOKUP.TRIGGER, trigger)
                .set(TRIGGER_LOOKUP.INSTANT, instant)
                .set(TRIGGER_LOOKUP.ASKED_AT, clock.instant())
                .onConflictDoNothing()
                .execute();
        return sql.select(TRIGGER_LOOKUP.OFFSETS)
                .from(TRIGGER_LOOKUP)
                .where(of(trigger, instant))
                .fetchOptional(TRIGGER_LOOKUP.OFFSETS)
                .map(JSONB::data);
    }

    /** What somebody asked of the trigger's reader. */
    public List<Instant> asked(String trigger) {
        return sql.select(TRIGGER_LOOKUP.INSTANT)
                .from(TRIGGER_LOOKUP)
                .where(TRIGGER_LOOKUP.TRIGGER.eq(trigger))
                .and(TRIGGER_LOOKUP.OFFSETS.isNull())
                .fetch(TRIGGER_LOOKUP.INSTANT);
    }

    public void answer(String trigger, Instant instant, String offsets) {
        sql.update(TRIGGER_LOOKUP)
                .set(TRIGGER_LOOKUP.OFFSETS, JSONB.jsonb(offsets))
                .where(of(trigger, instant))
                .execute();
    }

    private static Condition of(String trigger, Instant instant) {
        return TRIGGER_LOOKUP.TRIGGER.eq(trigger).and(TRIGGER_LOOKUP.INSTANT.eq(instant));
    }
}
