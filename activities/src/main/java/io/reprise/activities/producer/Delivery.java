package io.reprise.activities.producer;

import java.time.Instant;

/** What became of a record. */
public sealed interface Delivery {

    /** It is in the topic, once, on as many brokers as the topic demands. */
    record Acknowledged(String topic, int partition, long offset, Instant time) implements Delivery {}

    /** It is not in the topic and will not get there. */
    record NotSent(FailureCause cause, String words) implements Delivery {}

    /**
     * It was handed to Kafka, and nobody said in time what became of it: it may be in the topic, once. Whoever sends it again
     * may have it there twice.
     */
    record Doubtful(FailureCause cause, String words) implements Delivery {}
}
