package io.reprise.worker.outbox;

import io.reprise.activities.producer.Outgoing;
import io.reprise.activities.producer.ProducerSettings;
import io.reprise.activities.producer.TransactionalProducer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Sends the batches of one shard, each in one transaction of Kafka. The transactional id belongs to the shard, so that the
 * broker refuses whoever held the shard before.
 */
final class ShardProducer {

    private ShardProducer() {}

    static TransactionalProducer<OutboxRow> open(String bootstrap, OutboxSettings settings, int shard) {
        return TransactionalProducer.open(settings(bootstrap, settings, shard), ShardProducer::outgoing);
    }

    private static ProducerSettings settings(String bootstrap, OutboxSettings settings, int shard) {
        Duration third = settings.delivery().dividedBy(3);
        return ProducerSettings.of("reprise-outbox-" + settings.database() + "-" + shard, bootstrap)
                .withPatience(third)
                .withDelivery(settings.delivery())
                .withLinger(Duration.ZERO);
    }

    private static Outgoing outgoing(OutboxRow row) {
        return Outgoing.of(row.topic(), bytes(row.key()), bytes(row.payload()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
