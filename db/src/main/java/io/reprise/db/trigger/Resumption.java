package io.reprise.db.trigger;

import static io.reprise.db.ledger.Tables.SUBSCRIPTION;
import static io.reprise.db.ledger.Tables.TRIGGER_POSITION;
import static io.reprise.db.ledger.Tables.TRIGGER_STOP;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** Lets a trigger go on, inside one transaction. */
final class Resumption {

    private final DSLContext open;
    private final Instant now;

    Resumption(DSLContext open, Instant now) {
        this.open = open;
        this.now = now;
    }

    Resumed of(String trigger, Optional<ReadFrom> from) {
        Optional<Subscription> found = open.selectFrom(SUBSCRIPTION)
                .where(SUBSCRIPTION.TRIGGER.eq(trigger))
                .forUpdate()
                .fetchOptional(Triggers::subscription);
        if (found.isEmpty()) {
            return new Resumed.NotFound(trigger);
        }
        int number = found.get().logNumber();
        List<Stop> stops = TriggerLogs.stops(open, trigger);
        if (stops.isEmpty()) {
            return from.isPresent() ? new Resumed.NothingToDecide() : goesOn(trigger, number);
        }
        if (from.isEmpty()) {
            return new Resumed.Undecided(stops);
        }
        letCount(stops, number + 1, from.get());
        return goesOn(trigger, number + 1);
    }

    private Resumed goesOn(String trigger, int logNumber) {
        return new Resumed.GoesOn(open.update(SUBSCRIPTION)
                .set(SUBSCRIPTION.PAUSED, false)
                .setNull(SUBSCRIPTION.PAUSED_REASON)
                .setNull(SUBSCRIPTION.PAUSED_BY)
                .set(SUBSCRIPTION.LOG_NUMBER, logNumber)
                .set(SUBSCRIPTION.UPDATED_AT, now)
                .where(SUBSCRIPTION.TRIGGER.eq(trigger))
                .returning()
                .fetchSingle(Triggers::subscription));
    }

    /** Makes the positions in the next log: of the stopped partitions as decided, of the others as they were. */
    private void letCount(List<Stop> stops, int number, ReadFrom from) {
        TriggerBatch.Source source = stops.getLast().source();
        String next = new TopicLog(TopicLog.of(source.topicId()).topicId(), number).id();
        List<Stop> ofThisLog = stops.stream()
                .filter(stop -> stop.source().topicId().equals(source.topicId()))
                .toList();
        keepOthers(
                source,
                next,
                ofThisLog.stream().map(stop -> stop.source().partition()).toList());
        for (Stop stop : ofThisLog) {
            open.insertInto(TRIGGER_POSITION)
                    .set(TRIGGER_POSITION.TRIGGER, source.trigger())
                    .set(TRIGGER_POSITION.TOPIC_ID, next)
                    .set(TRIGGER_POSITION.PARTITION, stop.source().partition())
                    .set(TRIGGER_POSITION.NEXT_OFFSET, from == ReadFrom.BEGINNING ? stop.logStart() : stop.logEnd())
                    .set(TRIGGER_POSITION.UPDATED_AT, now)
                    .execute();
        }
        open.deleteFrom(TRIGGER_STOP)
                .where(TRIGGER_STOP.TRIGGER.eq(source.trigger()))
                .execute();
    }

    private void keepOthers(TriggerBatch.Source source, String next, List<Integer> stopped) {
        open.insertInto(
                        TRIGGER_POSITION,
                        TRIGGER_POSITION.TRIGGER,
                        TRIGGER_POSITION.TOPIC_ID,
                        TRIGGER_POSITION.PARTITION,
                        TRIGGER_POSITION.NEXT_OFFSET,
                        TRIGGER_POSITION.LAST_OFFSET,
                        TRIGGER_POSITION.LAST_DIGEST,
                        TRIGGER_POSITION.UPDATED_AT)
                .select(select(
                                TRIGGER_POSITION.TRIGGER,
                                val(next),
                                TRIGGER_POSITION.PARTITION,
                                TRIGGER_POSITION.NEXT_OFFSET,
                                TRIGGER_POSITION.LAST_OFFSET,
                                TRIGGER_POSITION.LAST_DIGEST,
                                val(now, TRIGGER_POSITION.UPDATED_AT))
                        .from(TRIGGER_POSITION)
                        .where(TRIGGER_POSITION.TRIGGER.eq(source.trigger()))
                        .and(TRIGGER_POSITION.TOPIC_ID.eq(source.topicId()))
                        .and(TRIGGER_POSITION.PARTITION.notIn(stopped)))
                .execute();
    }
}
