package io.reprise.worker.sensor;

import static java.util.Objects.requireNonNull;

import io.reprise.worker.shared.PartitionLog;
import io.reprise.worker.shared.PartitionLogs;
import io.reprise.worker.shared.Steering;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
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

    private final Consumer<byte[], byte[]> kafka;

    SensorConsumer(Consumer<byte[], byte[]> kafka) {
        this.kafka = kafka;
    }

    static SensorConsumer open(String bootstrap) {
        return new SensorConsumer(new KafkaConsumer<>(Map.of(
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
                ByteArrayDeserializer.class)));
    }

    /** What Kafka has of these partitions. */
    Map<TopicPartition, PartitionLog> logs(Collection<TopicPartition> partitions) {
        return PartitionLogs.of(kafka, partitions);
    }

    Map<TopicPartition, Long> offsetsAt(Instant instant, Map<TopicPartition, PartitionLog> logs) {
        return PartitionLogs.offsetsAt(kafka, instant, logs);
    }

    /**
     * Has these, and no others. Answers those that are new: none of them is read yet.
     *
     * @param places where each of them could be read from: one that stands nowhere keeps all others from being read
     */
    Set<TopicPartition> have(Map<TopicPartition, Long> places) {
        Set<TopicPartition> changed = new HashSet<>(places.keySet());
        changed.removeAll(kafka.assignment());
        if (!places.keySet().equals(kafka.assignment())) {
            kafka.assign(places.keySet());
            kafka.pause(changed);
            changed.forEach(partition -> kafka.seek(partition, requireNonNull(places.get(partition))));
        }
        return changed;
    }

    @Override
    public Set<TopicPartition> assigned() {
        return Set.copyOf(kafka.assignment());
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        kafka.seek(partition, offset);
    }

    @Override
    public void readOnly(Set<TopicPartition> wanted) {
        Set<TopicPartition> held = new HashSet<>(kafka.assignment());
        held.removeAll(wanted);
        kafka.pause(held);
        kafka.resume(wanted);
    }

    /** Hears of partitions. */
    @FunctionalInterface
    interface Gone {
        void accept(Set<TopicPartition> partitions);
    }

    /** @param gone hears of partitions whose log no longer has what is asked for, or has it from another leader */
    ConsumerRecords<byte[], byte[]> poll(Gone gone) {
        try {
            return kafka.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            gone.accept(e.partitions());
            return ConsumerRecords.empty();
        }
    }

    @Override
    public void close() {
        kafka.close(CloseOptions.timeout(PATIENCE));
    }
}
