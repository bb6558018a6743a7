package io.reprise.db.deadletter;

import static io.reprise.db.ledger.Tables.DEAD_LETTER;

import io.reprise.db.shared.Bytes;
import io.reprise.db.shared.Ulid;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.InsertReturningStep;
import org.jooq.JSONB;
import org.jooq.Record;

/** How a dead letter stands in its table. */
final class DeadLetterRow {

    private DeadLetterRow() {}

    /** A record that is a dead letter already only counts one more attempt. */
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
                .set(DEAD_LETTER.ATTEMPTS, DEAD_LETTER.ATTEMPTS.plus(1));
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
