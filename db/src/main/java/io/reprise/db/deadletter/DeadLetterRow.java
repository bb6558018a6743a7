package io.reprise.db.deadletter;

import static io.reprise.db.ledger.Tables.DEAD_LETTER;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import io.reprise.db.shared.Bytes;
import io.reprise.db.shared.Ulid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertReturningStep;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** How a dead letter stands in its table. */
final class DeadLetterRow {

    private static final Field<Integer> KEY_SIZE = size("key_size", DEAD_LETTER.RECORD_KEY);
    private static final Field<Integer> VALUE_SIZE = size("value_size", DEAD_LETTER.RECORD_VALUE);

    private DeadLetterRow() {}

    /**
     * A record that is a dead letter already counts one more attempt, with what ails it now. One that was replayed and died again,
     * after its source was restored from a backup, say, is open again; what somebody discarded stays so.
     */
    static InsertReturningStep<Record> insert(
            DSLContext open, Ulid id, String trigger, SourceRecord record, Cause cause, Instant now) {
        return open.insertInto(DEAD_LETTER)
                .set(DEAD_LETTER.DEAD_LETTER_ID, id.value())
                .set(DEAD_LETTER.TRIGGER, trigger)
                .set(DEAD_LETTER.TOPIC, record.topic())
                .set(DEAD_LETTER.TOPIC_ID, record.topicId())
                .set(DEAD_LETTER.PARTITION, record.partition())
                .set(DEAD_LETTER.RECORD_OFFSET, record.offset())
                .set(DEAD_LETTER.RECORD_TIMESTAMP, record.timestamp())
                .set(DEAD_LETTER.RECORD_KEY, record.key().map(Bytes::toArray).orElse(null))
                .set(
                        DEAD_LETTER.RECORD_VALUE,
                        record.value().map(Bytes::toArray).orElse(null))
                .set(DEAD_LETTER.HEADERS, JSONB.jsonb(record.headers()))
                .set(DEAD_LETTER.CODE, cause.code())
                .set(DEAD_LETTER.MESSAGE, cause.message())
                .set(DEAD_LETTER.ERRORS, JSONB.jsonb(cause.errors()))
                .set(DEAD_LETTER.FINGERPRINT, cause.fingerprint())
                .set(DEAD_LETTER.CREATED_AT, now)
                .onConflict(DEAD_LETTER.TRIGGER, DEAD_LETTER.TOPIC_ID, DEAD_LETTER.PARTITION, DEAD_LETTER.RECORD_OFFSET)
                .doUpdate()
                .set(DEAD_LETTER.ATTEMPTS, DEAD_LETTER.ATTEMPTS.plus(1))
                .set(DEAD_LETTER.CODE, cause.code())
                .set(DEAD_LETTER.MESSAGE, cause.message())
                .set(DEAD_LETTER.ERRORS, JSONB.jsonb(cause.errors()))
                .set(DEAD_LETTER.FINGERPRINT, cause.fingerprint())
                .set(DEAD_LETTER.STATUS, unlessDiscarded(DEAD_LETTER.STATUS, inline(DeadLetter.Status.OPEN.name())))
                .set(DEAD_LETTER.RESOLVED_AT, unlessDiscarded(DEAD_LETTER.RESOLVED_AT, inline((Instant) null)))
                .set(DEAD_LETTER.RESOLVED_BY, unlessDiscarded(DEAD_LETTER.RESOLVED_BY, inline((String) null)));
    }

    private static <T> Field<T> unlessDiscarded(Field<T> kept, Field<T> anew) {
        return when(DEAD_LETTER.STATUS.eq(DeadLetter.Status.DISCARDED.name()), kept)
                .otherwise(anew);
    }

    /** All but the bytes of the record, of which only the beginning is read. */
    static List<Field<?>> listed() {
        List<Field<?>> fields = new ArrayList<>(List.of(DEAD_LETTER.fields()));
        fields.replaceAll(field -> field.getType() == byte[].class ? beginning(field) : field);
        fields.add(KEY_SIZE);
        fields.add(VALUE_SIZE);
        return fields;
    }

    private static Field<byte[]> beginning(Field<?> bytes) {
        return field("substring({0} from 1 for {1})", byte[].class, bytes, inline(ListedLetter.SHOWN))
                .as(bytes);
    }

    private static Field<Integer> size(String name, Field<byte[]> bytes) {
        return field("octet_length({0})", Integer.class, bytes).as(name);
    }

    static ListedLetter listedLetter(Record row) {
        return new ListedLetter(letter(row), size(row, KEY_SIZE), size(row, VALUE_SIZE));
    }

    private static OptionalInt size(Record row, Field<Integer> size) {
        @Nullable Integer bytes = row.get(size);
        return bytes == null ? OptionalInt.empty() : OptionalInt.of(bytes);
    }

    static DeadLetter letter(Record row) {
        return new DeadLetter(
                row.get(DEAD_LETTER.DEAD_LETTER_ID),
                row.get(DEAD_LETTER.SEQ),
                row.get(DEAD_LETTER.TRIGGER),
                source(row),
                new Cause(
                        row.get(DEAD_LETTER.CODE),
                        row.get(DEAD_LETTER.MESSAGE),
                        row.get(DEAD_LETTER.ERRORS).data(),
                        row.get(DEAD_LETTER.FINGERPRINT)),
                DeadLetter.Status.valueOf(row.get(DEAD_LETTER.STATUS)),
                row.get(DEAD_LETTER.ATTEMPTS),
                Optional.ofNullable(row.get(DEAD_LETTER.REASON)),
                Optional.ofNullable(row.get(DEAD_LETTER.RUN_ID)),
                row.get(DEAD_LETTER.CREATED_AT),
                Optional.ofNullable(row.get(DEAD_LETTER.RESOLVED_AT)),
                Optional.ofNullable(row.get(DEAD_LETTER.RESOLVED_BY)));
    }

    private static SourceRecord source(Record row) {
        return new SourceRecord(
                row.get(DEAD_LETTER.TOPIC),
                row.get(DEAD_LETTER.TOPIC_ID),
                row.get(DEAD_LETTER.PARTITION),
                row.get(DEAD_LETTER.RECORD_OFFSET),
                row.get(DEAD_LETTER.RECORD_TIMESTAMP),
                Optional.ofNullable(row.get(DEAD_LETTER.RECORD_KEY)).map(Bytes::of),
                Optional.ofNullable(row.get(DEAD_LETTER.RECORD_VALUE)).map(Bytes::of),
                row.get(DEAD_LETTER.HEADERS).data());
    }
}
