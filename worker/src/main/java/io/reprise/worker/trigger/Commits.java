package io.reprise.worker.trigger;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The offsets that Kafka is told after the ledger has them. They are a hint to others: reading goes by the ledger. */
final class Commits {

    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, OffsetAndMetadata> pending = new HashMap<>();

    Commits(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    void add(TopicPartition partition, long next) {
        pending.put(partition, new OffsetAndMetadata(next));
    }

    void drop(Collection<TopicPartition> partitions) {
        pending.keySet().removeAll(partitions);
    }

    void sendLater() {
        consumer.commitAsync(Map.copyOf(pending), (offsets, failed) -> {
            if (failed == null) {
                pending.entrySet().removeAll(offsets.entrySet());
            }
        });
    }

    void send(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(pending);
        offsets.keySet().retainAll(partitions);
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, PATIENCE);
            pending.entrySet().removeAll(offsets.entrySet());
        } catch (KafkaException e) {
            LOG.info("Could not commit {}, which the ledger has anyway: {}", offsets, e.toString());
        }
    }
}
