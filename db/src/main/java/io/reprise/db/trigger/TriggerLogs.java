package io.reprise.db.trigger;

import static io.reprise.db.ledger.Tables.SUBSCRIPTION;
import static io.reprise.db.ledger.Tables.TRIGGER_LOSS;
import static io.reprise.db.ledger.Tables.TRIGGER_POSITION;
import static io.reprise.db.ledger.Tables.TRIGGER_STOP;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;

/** What became of the logs that triggers read: where one is another log now, and what Kafka deleted before it was read. */
public final class TriggerLogs {

    private static final int MOST_LOSSES_SHOWN = 100;

    private final DSLContext sql;
    private final Clock clock;

    public TriggerLogs(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Notes that this partition's log is not the one that was read. Answers whether nobody had noted it before. */
    public boolean stop(TriggerBatch.Source source, long position, long logStart, long logEnd, String reason) {
        return sql.insertInto(TRIGGER_STOP)
                        .set(TRIGGER_STOP.TRIGGER, source.trigger())
                        .set(TRIGGER_STOP.TOPIC_ID, source.topicId())
                        .set(TRIGGER_STOP.PARTITION, source.partition())
                        .set(TRIGGER_STOP.POSITION, position)
                        .set(TRIGGER_STOP.LOG_START, logStart)
                        .set(TRIGGER_STOP.LOG_END, logEnd)
                        .set(TRIGGER_STOP.REASON, reason)
                        .set(TRIGGER_STOP.STOPPED_AT, clock.instant())
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    /** While there is one, nothing of the trigger is read. */
    public List<Stop> stops(String trigger) {
        return stops(sql, trigger);
    }

    /** A log that is no longer read stops nobody. */
    public void forgetStopsOutside(String trigger, TopicLog log) {
        sql.deleteFrom(TRIGGER_STOP)
                .where(TRIGGER_STOP.TRIGGER.eq(trigger))
                .and(TRIGGER_STOP.TOPIC_ID.ne(log.id()))
                .execute();
    }

    /**
     * Fixes where a trigger begins in a topic that is new to it, for all workers and for good. Answers whether nobody had
     * done so before.
     *
     * @param places by partition; one that is left out is read from its beginning
     */
    public boolean begin(String trigger, String topic, TopicLog log, Map<Integer, Long> places) {
        return sql.transactionResult(all -> {
            boolean isNew = all.dsl()
                            .update(SUBSCRIPTION)
                            .set(SUBSCRIPTION.BEGUN_TOPIC, topic)
                            .where(SUBSCRIPTION.TRIGGER.eq(trigger))
                            .and(SUBSCRIPTION.BEGUN_TOPIC.isDistinctFrom(topic))
                            .execute()
                    == 1;
            if (isNew) {
                places.forEach((partition, offset) ->
                        place(all.dsl(), new TriggerBatch.Source(trigger, log.id(), partition), offset));
            }
            return isNew;
        });
    }

    private void place(DSLContext open, TriggerBatch.Source source, long offset) {
        open.insertInto(TRIGGER_POSITION)
                .set(TRIGGER_POSITION.TRIGGER, source.trigger())
                .set(TRIGGER_POSITION.TOPIC_ID, source.topicId())
                .set(TRIGGER_POSITION.PARTITION, source.partition())
                .set(TRIGGER_POSITION.NEXT_OFFSET, offset)
                .set(TRIGGER_POSITION.UPDATED_AT, clock.instant())
                .onConflictDoNothing()
                .execute();
    }

    /**
     * Moves the position over offsets that Kafka deleted, and remembers them. Answers whether the position stood before them;
     * where it did not, somebody else has moved it.
     */
    public boolean lost(TriggerBatch.Source source, long from, long to) {
        return sql.transactionResult(both -> {
            boolean moved = moved(both.dsl(), source, from, to);
            if (moved) {
                remember(both.dsl(), source, from, to);
            }
            return moved;
        });
    }

    private boolean moved(DSLContext open, TriggerBatch.Source source, long from, long to) {
        return open.update(TRIGGER_POSITION)
                        .set(TRIGGER_POSITION.NEXT_OFFSET, to)
                        .setNull(TRIGGER_POSITION.LAST_OFFSET)
                        .setNull(TRIGGER_POSITION.LAST_DIGEST)
                        .set(TRIGGER_POSITION.UPDATED_AT, clock.instant())
                        .where(TRIGGER_POSITION.TRIGGER.eq(source.trigger()))
                        .and(TRIGGER_POSITION.TOPIC_ID.eq(source.topicId()))
                        .and(TRIGGER_POSITION.PARTITION.eq(source.partition()))
                        .and(TRIGGER_POSITION.NEXT_OFFSET.eq(from))
                        .execute()
                == 1;
    }

    private void remember(DSLContext open, TriggerBatch.Source source, long from, long to) {
        open.insertInto(TRIGGER_LOSS)
                .set(TRIGGER_LOSS.TRIGGER, source.trigger())
                .set(TRIGGER_LOSS.TOPIC_ID, source.topicId())
                .set(TRIGGER_LOSS.PARTITION, source.partition())
                .set(TRIGGER_LOSS.FROM_OFFSET, from)
                .set(TRIGGER_LOSS.TO_OFFSET, to)
                .set(TRIGGER_LOSS.FOUND_AT, clock.instant())
                .onConflictDoNothing()
                .execute();
    }

    /** The newest hundred, newest first. */
    public List<Loss> losses(String trigger) {
        return sql.selectFrom(TRIGGER_LOSS)
                .where(TRIGGER_LOSS.TRIGGER.eq(trigger))
                .orderBy(TRIGGER_LOSS.FOUND_AT.desc(), TRIGGER_LOSS.PARTITION, TRIGGER_LOSS.FROM_OFFSET)
                .limit(MOST_LOSSES_SHOWN)
                .fetch(row -> new Loss(
                        new TriggerBatch.Source(
                                row.get(TRIGGER_LOSS.TRIGGER),
                                row.get(TRIGGER_LOSS.TOPIC_ID),
                                row.get(TRIGGER_LOSS.PARTITION)),
                        row.get(TRIGGER_LOSS.FROM_OFFSET),
                        row.get(TRIGGER_LOSS.TO_OFFSET),
                        row.get(TRIGGER_LOSS.FOUND_AT)));
    }

    static List<Stop> stops(DSLContext open, String trigger) {
        return open.selectFrom(TRIGGER_STOP)
                .where(TRIGGER_STOP.TRIGGER.eq(trigger))
                .orderBy(TRIGGER_STOP.STOPPED_AT, TRIGGER_STOP.PARTITION)
                .fetch(TriggerLogs::stop);
    }

    private static Stop stop(Record row) {
        return new Stop(
                new TriggerBatch.Source(
                        row.get(TRIGGER_STOP.TRIGGER), row.get(TRIGGER_STOP.TOPIC_ID), row.get(TRIGGER_STOP.PARTITION)),
                row.get(TRIGGER_STOP.POSITION),
                row.get(TRIGGER_STOP.LOG_START),
                row.get(TRIGGER_STOP.LOG_END),
                row.get(TRIGGER_STOP.REASON),
                row.get(TRIGGER_STOP.STOPPED_AT));
    }
}
