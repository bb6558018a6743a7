package io.reprise.activities.stream;

import io.reprise.activities.sql.Heart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed records once more: without a group, and without moving anybody's place. */
final class CommittedRecords implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STUCK = Duration.ofSeconds(30);

    private final String topic;
    private final Admin admin;
    private final KafkaConsumer<byte[], byte[]> consumer;

    CommittedRecords(String bootstrap, String topic) {
        this.topic = topic;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "none",
                        "enable.auto.commit",
                        false,
                        "max.poll.records",
                        10_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Kafka's own id of the topic; empty where there is none of that name. */
    Optional<Uuid> topicId() throws InterruptedException {
        try {
            return Optional.ofNullable(admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .get(topic))
                    .map(TopicDescription::topicId);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw new KafkaException("cannot ask Kafka for topic " + topic, failed.getCause());
        } catch (TimeoutException slow) {
            throw new KafkaException("had no answer from Kafka about topic " + topic + " within " + PATIENCE, slow);
        }
    }

    /** Whether Kafka takes records away from within the topic, as newer ones of their keys come. */
    boolean isCompacted() throws InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config found = admin.describeConfigs(List.of(resource))
                    .all()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .get(resource);
            ConfigEntry policy = found == null ? null : found.get("cleanup.policy");
            return policy != null && String.valueOf(policy.value()).contains("compact");
        } catch (ExecutionException | TimeoutException failed) {
            throw new KafkaException("cannot ask Kafka how topic " + topic + " is kept", failed);
        }
    }

    /** The first offset that a partition still has. */
    long start(int partition) {
        TopicPartition of = new TopicPartition(topic, partition);
        return consumer.beginningOffsets(List.of(of), PATIENCE).getOrDefault(of, 0L);
    }

    /** Reads offsets {@code from} to {@code to}, excluded; of those that are no records it finds nothing. */
    void read(int partition, long from, long to, Heart heart, Consumer<List<ConsumerRecord<byte[], byte[]>>> listener) {
        TopicPartition of = new TopicPartition(topic, partition);
        consumer.assign(List.of(of));
        consumer.seek(of, from);
        long position = from;
        long movedAt = System.nanoTime();
        while (position < to) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            heart.beat("partition " + partition + " of " + topic + ": offset " + position + " of " + to);
            listener.accept(polled.records(of).stream()
                    .filter(record -> record.offset() < to)
                    .toList());
            long now = consumer.position(of, PATIENCE);
            if (now > position) {
                position = now;
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > STUCK.toNanos()) {
                throw new KafkaException("got no further than offset " + position + " of partition " + partition
                        + " of " + topic + " within " + STUCK + " (expected: " + to + ")");
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
        admin.close(Duration.ofSeconds(1));
    }
}
