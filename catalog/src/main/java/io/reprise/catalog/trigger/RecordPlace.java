package io.reprise.catalog.trigger;

import java.time.Instant;

/**
 * Where and when a record stands in Kafka.
 *
 * @param topicId which log of the topic: one that was created again, or exchanged, is another source
 */
public record RecordPlace(String topic, String topicId, int partition, long offset, Instant timestamp) {}
