package io.reprise.worker.sensor;

import io.reprise.worker.shared.PartitionLog;
import io.reprise.worker.shared.PartitionLogs;
import io.reprise.worker.shared.Steering;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads partitions of any topics, in no group: nobody else has to know where it is. */
final class SensorConsumer implements Steering.Steered, AutoCloseable {

    private static final String CLIENT = "reprise.sensors";
    private static final int MOST_RECORDS = 500;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;

    SensorConsumer(String bootstrap) {
        this.consumer = new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.CLIENT_ID_CONFIG,
                CLIENT,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                MOST_RECORDS,
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                1000,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class));
    }

    /** What Kafka has of these partitions. */
    Map<TopicPartition, PartitionLog> logs(Collection<TopicPartition> partitions) {
        return PartitionLogs.of(consumer, partitions);
    }

    Map<TopicPartition, Long> offsetsAt(Instant instant, Map<TopicPartition, PartitionLog> logs) {
        return PartitionLogs.offsetsAt(consumer, instant, logs);
    }

    /** Has these, and no others. Answers whether any of them is new: it is read from nowhere yet. */
    Set<TopicPartition> have(Set<TopicPartition> partitions) {
        Set<TopicPartition> changed = new HashSet<>(partitions);
        changed.removeAll(consumer.assignment());
        if (!partitions.equals(consumer.assignment())) {
            consumer.assign(partitions);
            consumer.pause(changed);
        }
        return changed;
    }

    @Override
    public Set<TopicPartition> assigned() {
        return Set.copyOf(consumer.assignment());
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        consumer.seek(partition, offset);
    }

    @Override
    public void readOnly(Set<TopicPartition> wanted) {
        Set<TopicPartition> held = new HashSet<>(consumer.assignment());
        held.removeAll(wanted);
        consumer.pause(held);
        consumer.resume(wanted);
    }

    /** @param gone hears of partitions whose log no longer has what is asked for, or has it from another leader */
    ConsumerRecords<byte[], byte[]> poll(Consumer<Set<TopicPartition>> gone) {
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            gone.accept(e.partitions());
            return ConsumerRecords.empty();
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(PATIENCE));
    }
}
