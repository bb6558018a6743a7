package io.reprise.activities.stream;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The row that keeps a record as it came, and the columns by which each row of a stream names its record. */
final class RawRow {

    /** Name and type of each column. */
    record Named(String name, String type) {}

    static final List<Named> COLUMNS = List.of(
            new Named("k_topic", "uuid not null"),
            new Named("k_log", "smallint not null"),
            new Named("k_part", "integer not null"),
            new Named("k_off", "bigint not null"),
            new Named("row_hash", "bigint not null"),
            new Named("event_day", "date not null"),
            new Named("event_time", "timestamptz not null"),
            new Named("k_time", "timestamptz not null"),
            new Named("k_key", "bytea"),
            new Named("k_headers", "jsonb"),
            new Named("schema_id", "integer"),
            new Named("k_value", "bytea not null"));

    /** Those that stand in the typed table, too, behind the fields of the contract. */
    static final List<Named> SHARED = COLUMNS.subList(0, 6);

    static final int EPOCH_DAY = 10_957;

    /** The end of the year 9999: a producer may write any number. */
    private static final long LATEST_MILLIS = 253_402_300_799_999L;

    private static final Hasher64 HASH = Hashing.xxh3_64();

    private RawRow() {}

    /** xxh3 of the bytes as they came, 64 bits. */
    static long hash(byte[] value) {
        return HASH.hashBytesToLong(value);
    }

    static void begin(CopyBuffer into, int columns) {
        into.int2(columns);
    }

    static void appendShared(
            CopyBuffer into, StreamLog log, ConsumerRecord<byte[], byte[]> record, long hash, int day) {
        into.int4(2 * Long.BYTES);
        into.int8(log.topicId().getMostSignificantBits());
        into.int8(log.topicId().getLeastSignificantBits());
        into.int4(Short.BYTES);
        into.int2(log.number());
        into.int4Field(record.partition());
        into.int8Field(record.offset());
        into.int8Field(hash);
        into.int4Field(day - EPOCH_DAY);
    }

    static void append(
            CopyBuffer into,
            StreamLog log,
            ConsumerRecord<byte[], byte[]> record,
            long hash,
            int day,
            long eventMicros,
            @Nullable Integer schemaId) {
        begin(into, COLUMNS.size());
        appendShared(into, log, record, hash, day);
        into.int8Field(eventMicros - TimestampWriter.POSTGRES_EPOCH_MICROS);
        into.int8Field(micros(record) - TimestampWriter.POSTGRES_EPOCH_MICROS);
        bytes(into, record.key());
        RecordHeaders.append(into, record.headers());
        if (schemaId == null) {
            into.nothing();
        } else {
            into.int4Field(schemaId);
        }
        bytes(into, record.value());
    }

    /** When Kafka or the producer says that it was written. */
    static long micros(ConsumerRecord<byte[], byte[]> record) {
        return Math.clamp(record.timestamp(), 0, LATEST_MILLIS) * 1_000;
    }

    private static void bytes(CopyBuffer into, byte @Nullable [] value) {
        if (value == null) {
            into.nothing();
        } else {
            into.bytesField(value);
        }
    }
}
