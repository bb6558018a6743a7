package io.reprise.db.deadletter;

import io.reprise.db.shared.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * A Kafka record as it came.
 *
 * @param topicId Kafka's own id of the topic: a recreated topic is another source
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
        String headers) {}
