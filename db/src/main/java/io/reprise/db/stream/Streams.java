package io.reprise.db.stream;

import static io.reprise.db.ledger.Tables.STREAM_STATE;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;

/** The streams: whether an operator paused them, what stops them, and how far they are. */
public final class Streams {

    private final DSLContext sql;
    private final Clock clock;

    public Streams(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Makes a stream known. What an operator decided about it stays. */
    public StreamState register(String stream, String topic, String connection) {
        return sql.insertInto(STREAM_STATE)
                .set(STREAM_STATE.STREAM, stream)
                .set(STREAM_STATE.TOPIC, topic)
                .set(STREAM_STATE.CONNECTION, connection)
                .set(STREAM_STATE.STATE, "STARTING")
                .set(STREAM_STATE.UPDATED_AT, clock.instant())
                .onConflict(STREAM_STATE.STREAM)
                .doUpdate()
                .set(STREAM_STATE.TOPIC, topic)
                .set(STREAM_STATE.CONNECTION, connection)
                .set(STREAM_STATE.UPDATED_AT, clock.instant())
                .returning()
                .fetchSingle(Streams::state);
    }

    public List<StreamState> all() {
        return sql.selectFrom(STREAM_STATE).orderBy(STREAM_STATE.STREAM).fetch(Streams::state);
    }

    public Optional<StreamState> byName(String stream) {
        return sql.selectFrom(STREAM_STATE)
                .where(STREAM_STATE.STREAM.eq(stream))
                .fetchOptional(Streams::state);
    }

    /** Empty where there is no such stream. */
    public Optional<StreamState> pause(String stream, String reason, String actor) {
        return sql.update(STREAM_STATE)
                .set(STREAM_STATE.PAUSED, true)
                .set(STREAM_STATE.PAUSED_REASON, reason)
                .set(STREAM_STATE.PAUSED_BY, actor)
                .set(STREAM_STATE.UPDATED_AT, clock.instant())
                .where(STREAM_STATE.STREAM.eq(stream))
                .returning()
                .fetchOptional(Streams::state);
    }

    /**
     * Nothing is loaded any more until an operator decides. Answers whether that is news.
     *
     * @param asksWhere whether it has to be said where it goes on
     * @param exchanged the partitions whose log is not the one that was read
     */
    public boolean stop(String stream, String reason, boolean asksWhere, Collection<Integer> exchanged) {
        return sql.update(STREAM_STATE)
                        .set(STREAM_STATE.STOP_REASON, reason)
                        .set(STREAM_STATE.STOP_ASKS_WHERE, asksWhere)
                        .set(STREAM_STATE.EXCHANGED, exchanged.toArray(Integer[]::new))
                        .set(STREAM_STATE.UPDATED_AT, clock.instant())
                        .where(STREAM_STATE.STREAM.eq(stream))
                        .and(STREAM_STATE.STOP_REASON.isNull())
                        .execute()
                == 1;
    }

    /** Lets a paused stream go on; one that is stopped only where it is said how. */
    public StreamResumed resume(String stream, Optional<GoOnFrom> from) {
        return sql.transactionResult(all -> resume(all.dsl(), stream, from));
    }

    private StreamResumed resume(DSLContext open, String stream, Optional<GoOnFrom> from) {
        Optional<StreamState> found = open.selectFrom(STREAM_STATE)
                .where(STREAM_STATE.STREAM.eq(stream))
                .forUpdate()
                .fetchOptional(Streams::state);
        if (found.isEmpty()) {
            return new StreamResumed.NotFound(stream);
        }
        boolean asksWhere = found.get().stopAsksWhere();
        if (asksWhere && from.isEmpty()) {
            return new StreamResumed.Undecided(found.get().stopReason().orElse(""));
        }
        if (!asksWhere && from.isPresent()) {
            return new StreamResumed.NothingToDecide();
        }
        if (from.filter(place -> !found.get().mayGoOn(place)).isPresent()) {
            return new StreamResumed.Undecided(found.get().stopReason().orElse(""));
        }
        boolean anotherLog = from.filter(place -> place != GoOnFrom.TABLE).isPresent();
        return new StreamResumed.GoesOn(open.update(STREAM_STATE)
                .set(STREAM_STATE.PAUSED, false)
                .setNull(STREAM_STATE.PAUSED_REASON)
                .setNull(STREAM_STATE.PAUSED_BY)
                .setNull(STREAM_STATE.STOP_REASON)
                .set(STREAM_STATE.STOP_ASKS_WHERE, false)
                .set(STREAM_STATE.LOG_NUMBER, found.get().logNumber() + (anotherLog ? 1 : 0))
                .set(
                        STREAM_STATE.GO_ON_FROM,
                        from.or(found.get()::goOnFrom).map(GoOnFrom::name).orElse(null))
                .set(STREAM_STATE.UPDATED_AT, clock.instant())
                .where(STREAM_STATE.STREAM.eq(stream))
                .returning()
                .fetchSingle(Streams::state));
    }

    /** Another log counts already, as the stream's tables tell. */
    public void raiseLog(String stream, int number) {
        sql.update(STREAM_STATE)
                .set(STREAM_STATE.LOG_NUMBER, number)
                .where(STREAM_STATE.STREAM.eq(stream))
                .and(STREAM_STATE.LOG_NUMBER.lt(number))
                .execute();
    }

    /** The decision was carried out, once: the next checkpoint that is too old stops the stream again. */
    public void wentOnFromTable(String stream) {
        sql.update(STREAM_STATE)
                .setNull(STREAM_STATE.GO_ON_FROM)
                .where(STREAM_STATE.STREAM.eq(stream))
                .and(STREAM_STATE.GO_ON_FROM.eq(GoOnFrom.TABLE.name()))
                .execute();
    }

    /** What a stream's loader says of itself; the lag is JSON as in {@link StreamState}. */
    public void report(String stream, String state, Optional<String> error, String lag) {
        sql.update(STREAM_STATE)
                .set(STREAM_STATE.STATE, state)
                .set(STREAM_STATE.LAST_ERROR, error.orElse(null))
                .set(STREAM_STATE.LAG, JSONB.jsonb(lag))
                .set(STREAM_STATE.UPDATED_AT, clock.instant())
                .where(STREAM_STATE.STREAM.eq(stream))
                .execute();
    }

    private static StreamState state(Record row) {
        return new StreamState(
                row.get(STREAM_STATE.STREAM),
                row.get(STREAM_STATE.TOPIC),
                row.get(STREAM_STATE.CONNECTION),
                row.get(STREAM_STATE.PAUSED),
                Optional.ofNullable(row.get(STREAM_STATE.PAUSED_REASON)),
                Optional.ofNullable(row.get(STREAM_STATE.PAUSED_BY)),
                row.get(STREAM_STATE.LOG_NUMBER),
                Optional.ofNullable(row.get(STREAM_STATE.GO_ON_FROM)).map(GoOnFrom::valueOf),
                Optional.ofNullable(row.get(STREAM_STATE.STOP_REASON)),
                row.get(STREAM_STATE.STOP_ASKS_WHERE),
                Set.of(row.get(STREAM_STATE.EXCHANGED)),
                row.get(STREAM_STATE.STATE),
                Optional.ofNullable(row.get(STREAM_STATE.LAST_ERROR)),
                row.get(STREAM_STATE.LAG).data(),
                row.get(STREAM_STATE.UPDATED_AT));
    }
}
