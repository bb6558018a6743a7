package io.reprise.worker.shared;

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

/** The offsets that Kafka is told after they were kept elsewhere. They are a hint to others: reading goes by the kept position. */
public final class Commits {

    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, OffsetAndMetadata> pending = new HashMap<>();

    public Commits(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    public void add(TopicPartition partition, long next) {
        pending.put(partition, new OffsetAndMetadata(next));
    }

    public void drop(Collection<TopicPartition> partitions) {
        pending.keySet().removeAll(partitions);
    }

    public void sendLater() {
        consumer.commitAsync(Map.copyOf(pending), (offsets, failed) -> {
            if (failed == null) {
                pending.entrySet().removeAll(offsets.entrySet());
            }
        });
    }

    public void send(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(pending);
        offsets.keySet().retainAll(partitions);
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, PATIENCE);
            pending.entrySet().removeAll(offsets.entrySet());
        } catch (KafkaException e) {
            LOG.info("Could not commit {}, which is kept elsewhere anyway: {}", offsets, e.toString());
        }
    }
}
