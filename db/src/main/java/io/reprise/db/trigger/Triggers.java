package io.reprise.db.trigger;

import static io.reprise.db.ledger.Tables.SUBSCRIPTION;
import static io.reprise.db.ledger.Tables.TRIGGER_POSITION;

import io.reprise.db.run.OrderRule;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;

/** The triggers, whether an operator paused them, and how far they read. */
public final class Triggers {

    private static final String REMOVED = "REMOVED";

    private final DSLContext sql;
    private final Clock clock;

    public Triggers(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Makes a trigger known as it is served from now on. What an operator decided about it stays.
     *
     * @param definition its text, by which its dead letters are replayed
     */
    public Subscription register(String trigger, String topic, OrderRule rule, String definition) {
        return sql.insertInto(SUBSCRIPTION)
                .set(SUBSCRIPTION.TRIGGER, trigger)
                .set(SUBSCRIPTION.TOPIC, topic)
                .set(SUBSCRIPTION.ORDER_RULE, rule.word())
                .set(SUBSCRIPTION.DEFINITION, definition)
                .set(SUBSCRIPTION.STATE, "STARTING")
                .set(SUBSCRIPTION.UPDATED_AT, clock.instant())
                .onConflict(SUBSCRIPTION.TRIGGER)
                .doUpdate()
                .set(SUBSCRIPTION.TOPIC, topic)
                .set(SUBSCRIPTION.ORDER_RULE, rule.word())
                .set(SUBSCRIPTION.DEFINITION, definition)
                .set(SUBSCRIPTION.UPDATED_AT, clock.instant())
                .returning()
                .fetchSingle(Triggers::subscription);
    }

    public List<Subscription> all() {
        return sql.selectFrom(SUBSCRIPTION).orderBy(SUBSCRIPTION.TRIGGER).fetch(Triggers::subscription);
    }

    public Optional<Subscription> byName(String trigger) {
        return sql.selectFrom(SUBSCRIPTION)
                .where(SUBSCRIPTION.TRIGGER.eq(trigger))
                .fetchOptional(Triggers::subscription);
    }

    /** Empty where there is no such trigger. */
    public Optional<Subscription> pause(String trigger, String reason, String actor) {
        return sql.update(SUBSCRIPTION)
                .set(SUBSCRIPTION.PAUSED, true)
                .set(SUBSCRIPTION.PAUSED_REASON, reason)
                .set(SUBSCRIPTION.PAUSED_BY, actor)
                .set(SUBSCRIPTION.UPDATED_AT, clock.instant())
                .where(SUBSCRIPTION.TRIGGER.eq(trigger))
                .returning()
                .fetchOptional(Triggers::subscription);
    }

    /** Lets a paused trigger go on; one whose log is not the one that was read, only where it is said how. */
    public Resumed resume(String trigger, Optional<ReadFrom> from) {
        return sql.transactionResult(all -> new Resumption(all.dsl(), clock.instant()).of(trigger, from));
    }

    /** What a trigger's consumer says of itself; the lag is JSON as in {@link Subscription}. */
    public void report(String trigger, String state, Optional<String> error, String lag) {
        sql.update(SUBSCRIPTION)
                .set(SUBSCRIPTION.STATE, state)
                .set(SUBSCRIPTION.LAST_ERROR, error.orElse(null))
                .set(SUBSCRIPTION.LAG, JSONB.jsonb(lag))
                .set(SUBSCRIPTION.UPDATED_AT, clock.instant())
                .where(SUBSCRIPTION.TRIGGER.eq(trigger))
                .execute();
    }

    /** The same of a reader that knows in which log its positions are. */
    public void report(String trigger, TopicLog log, String state, Optional<String> error, String lag) {
        sql.update(SUBSCRIPTION)
                .set(SUBSCRIPTION.TOPIC_LOG, log.id())
                .where(SUBSCRIPTION.TRIGGER.eq(trigger))
                .and(SUBSCRIPTION.TOPIC_LOG.isDistinctFrom(log.id()))
                .execute();
        report(trigger, state, error, lag);
    }

    /** Says of triggers that no catalog has any more that they are gone. Where they stood is kept. */
    public void retire(Collection<String> served) {
        sql.update(SUBSCRIPTION)
                .set(SUBSCRIPTION.STATE, REMOVED)
                .setNull(SUBSCRIPTION.LAST_ERROR)
                .set(SUBSCRIPTION.LAG, JSONB.jsonb("[]"))
                .set(SUBSCRIPTION.UPDATED_AT, clock.instant())
                .where(SUBSCRIPTION.TRIGGER.notIn(served))
                .and(SUBSCRIPTION.STATE.ne(REMOVED))
                .execute();
    }

    /** How many records were not what the trigger is for. */
    public long filtered(String trigger) {
        return sql
                .select(TRIGGER_POSITION.FILTERED_RECORDS)
                .from(TRIGGER_POSITION)
                .where(TRIGGER_POSITION.TRIGGER.eq(trigger))
                .fetch(TRIGGER_POSITION.FILTERED_RECORDS)
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Where the trigger goes on in each partition of the log that it has been at. */
    public Map<Integer, Position> positions(String trigger, TopicLog log) {
        return sql.selectFrom(TRIGGER_POSITION)
                .where(TRIGGER_POSITION.TRIGGER.eq(trigger))
                .and(TRIGGER_POSITION.TOPIC_ID.eq(log.id()))
                .orderBy(TRIGGER_POSITION.PARTITION)
                .fetchMap(TRIGGER_POSITION.PARTITION, Triggers::position);
    }

    private static Position position(Record row) {
        Optional<Position.Last> last = Optional.ofNullable(row.get(TRIGGER_POSITION.LAST_OFFSET))
                .map(offset -> new Position.Last(offset, row.get(TRIGGER_POSITION.LAST_DIGEST)));
        return new Position(row.get(TRIGGER_POSITION.NEXT_OFFSET), last);
    }

    static Subscription subscription(Record row) {
        return new Subscription(
                row.get(SUBSCRIPTION.TRIGGER),
                row.get(SUBSCRIPTION.TOPIC),
                OrderRule.of(row.get(SUBSCRIPTION.ORDER_RULE)),
                row.get(SUBSCRIPTION.PAUSED),
                Optional.ofNullable(row.get(SUBSCRIPTION.PAUSED_REASON)),
                Optional.ofNullable(row.get(SUBSCRIPTION.PAUSED_BY)),
                row.get(SUBSCRIPTION.STATE),
                Optional.ofNullable(row.get(SUBSCRIPTION.LAST_ERROR)),
                row.get(SUBSCRIPTION.LAG).data(),
                row.get(SUBSCRIPTION.LOG_NUMBER),
                Optional.ofNullable(row.get(SUBSCRIPTION.DEFINITION)),
                Optional.ofNullable(row.get(SUBSCRIPTION.BEGUN_TOPIC)),
                row.get(SUBSCRIPTION.RESETS),
                Optional.ofNullable(row.get(SUBSCRIPTION.TOPIC_LOG)),
                row.get(SUBSCRIPTION.UPDATED_AT));
    }
}
