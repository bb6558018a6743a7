package io.reprise.db.deadletter;

import io.reprise.db.shared.Bytes;
import io.reprise.db.shared.ContentDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * A Kafka record as it came.
 *
 * @param topicId Kafka's own id of the topic: a recreated topic is another source, and so is an exchanged log
 * @param headers JSON: {@code [{"key": …, "value": base64}]}
 */
public record SourceRecord(
        String topic,
        String topicId,
        int partition,
        long offset,
        Instant timestamp,
        Optional<Bytes> key,
        Optional<Bytes> value,
        String headers) {

    /** What tells this record from another one at its offset: time, key and value. */
    public String digest() {
        return ContentDigest.of(
                timestamp.toEpochMilli(),
                key.map(Bytes::toArray).orElse(null),
                value.map(Bytes::toArray).orElse(null));
    }
}
