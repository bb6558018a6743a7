package io.reprise.worker.outbox;

/** One event that a step committed and that Kafka has not acknowledged yet. */
record OutboxRow(
        long id, int shard, String topic, String key, long version, String eventId, String payload, int attempts) {}
