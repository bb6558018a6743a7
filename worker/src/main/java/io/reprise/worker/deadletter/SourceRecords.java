package io.reprise.worker.deadletter;

import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.shared.Bytes;
import io.reprise.worker.shared.JsonQuote;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Keeps a record as it came. */
public final class SourceRecords {

    /** The end of the year 9999: a producer may write any number, and a database takes not every one. */
    private static final long LATEST_MILLIS = 253_402_300_799_999L;

    private SourceRecords() {}

    public static SourceRecord of(String topicId, ConsumerRecord<byte[], byte[]> record) {
        return new SourceRecord(
                record.topic(),
                topicId,
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(Math.clamp(record.timestamp(), 0, LATEST_MILLIS)),
                bytes(record.key()),
                bytes(record.value()),
                headers(record));
    }

    private static Optional<Bytes> bytes(byte @Nullable [] found) {
        return Optional.ofNullable(found).map(Bytes::of);
    }

    private static String headers(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder json = new StringBuilder("[");
        for (Header header : record.headers()) {
            json.append(json.length() == 1 ? "" : ",")
                    .append("{\"key\":")
                    .append(JsonQuote.quoted(header.key()))
                    .append(",\"value\":")
                    .append(
                            header.value() == null
                                    ? "null"
                                    : JsonQuote.quoted(Base64.getEncoder().encodeToString(header.value())))
                    .append('}');
        }
        return json.append(']').toString();
    }
}
