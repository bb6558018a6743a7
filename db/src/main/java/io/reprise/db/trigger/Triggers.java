package io.reprise.db.trigger;

import static io.reprise.db.ledger.Tables.SUBSCRIPTION;
import static io.reprise.db.ledger.Tables.TRIGGER_POSITION;

import io.reprise.db.run.OrderRule;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;

/** The triggers, whether an operator paused them, and how far they read. */
public final class Triggers {

    private final DSLContext sql;
    private final Clock clock;

    public Triggers(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Makes a trigger known. What an operator decided about it stays. */
    public Subscription register(String trigger, String topic, OrderRule rule) {
        return sql.insertInto(SUBSCRIPTION)
                .set(SUBSCRIPTION.TRIGGER, trigger)
                .set(SUBSCRIPTION.TOPIC, topic)
                .set(SUBSCRIPTION.ORDER_RULE, rule.word())
                .set(SUBSCRIPTION.STATE, "STARTING")
                .set(SUBSCRIPTION.UPDATED_AT, clock.instant())
                .onConflict(SUBSCRIPTION.TRIGGER)
                .doUpdate()
                .set(SUBSCRIPTION.TOPIC, topic)
                .set(SUBSCRIPTION.ORDER_RULE, rule.word())
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

    public Optional<Subscription> resume(String trigger) {
        return sql.update(SUBSCRIPTION)
                .set(SUBSCRIPTION.PAUSED, false)
                .setNull(SUBSCRIPTION.PAUSED_REASON)
                .setNull(SUBSCRIPTION.PAUSED_BY)
                .set(SUBSCRIPTION.UPDATED_AT, clock.instant())
                .where(SUBSCRIPTION.TRIGGER.eq(trigger))
                .returning()
                .fetchOptional(Triggers::subscription);
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

    /** The next offset of each partition of the topic that the trigger has been at: where its consumer must go on. */
    public Map<Integer, Long> positions(String trigger, String topicId) {
        return sql.select(TRIGGER_POSITION.PARTITION, TRIGGER_POSITION.NEXT_OFFSET)
                .from(TRIGGER_POSITION)
                .where(TRIGGER_POSITION.TRIGGER.eq(trigger))
                .and(TRIGGER_POSITION.TOPIC_ID.eq(topicId))
                .orderBy(TRIGGER_POSITION.PARTITION)
                .fetchMap(TRIGGER_POSITION.PARTITION, TRIGGER_POSITION.NEXT_OFFSET);
    }

    private static Subscription subscription(Record row) {
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
                row.get(SUBSCRIPTION.UPDATED_AT));
    }
}
