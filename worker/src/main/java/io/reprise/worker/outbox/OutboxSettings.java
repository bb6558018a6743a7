package io.reprise.worker.outbox;

import java.time.Duration;

/**
 * How the relay works.
 *
 * @param database names this outbox among those that share a Kafka: part of every transactional id
 * @param shards how many parts the outbox is claimed in; the writers spread keys over as many
 * @param batch most rows of one shard in one Kafka transaction
 * @param poll how long a relay that found nothing waits before it looks again
 * @param lease how long a shard stays with a relay that no longer renews it
 * @param delivery how long one row may take to be acknowledged
 * @param flush how long a stopping relay goes on sending
 */
public record OutboxSettings(
        String database, int shards, int batch, Duration poll, Duration lease, Duration delivery, Duration flush) {

    /** Several workers share one outbox; outboxes that share a Kafka are told apart by where they lie. */
    public static OutboxSettings at(String url, int shards) {
        String database = url.replaceFirst("^jdbc:[a-z]+:", "")
                .replaceFirst("[?].*$", "")
                .replaceAll("[^A-Za-z0-9._-]+", "-")
                .replaceFirst("^-", "");
        return of(database, shards);
    }

    public static OutboxSettings of(String database, int shards) {
        return new OutboxSettings(
                database,
                shards,
                200,
                Duration.ofMillis(40),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofSeconds(5));
    }
}
