package io.reprise.worker.trigger;

import io.reprise.worker.shared.Commits;
import io.reprise.worker.shared.PartitionLog;
import io.reprise.worker.shared.PartitionLogs;
import io.reprise.worker.shared.Steering;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One member of a consumer group. It reads where it is steered to, and nothing of a partition that nobody wants. */
final class TopicConsumer implements ConsumerRebalanceListener, Steering.Steered, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicConsumer.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Hears which partitions it has. */
    interface Assignment {
        void assigned(Collection<TopicPartition> partitions);

        void lost(Collection<TopicPartition> partitions);
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final String topicId;
    private final Assignment listener;
    private final Commits commits;

    private TopicConsumer(KafkaConsumer<byte[], byte[]> consumer, String topic, String topicId, Assignment listener) {
        this.consumer = consumer;
        this.topic = topic;
        this.topicId = topicId;
        this.listener = listener;
        this.commits = new Commits(consumer);
    }

    static TopicConsumer open(Map<String, Object> configuration, String topic, String topicId, Assignment listener) {
        TopicConsumer opened = new TopicConsumer(new KafkaConsumer<>(configuration), topic, topicId, listener);
        opened.consumer.subscribe(List.of(topic), opened);
        return opened;
    }

    /** Kafka's own id of the topic as it was when this began. */
    String topicId() {
        return topicId;
    }

    @Override
    public Set<TopicPartition> assigned() {
        return Set.copyOf(consumer.assignment());
    }

    /** What Kafka has of the whole topic. */
    Map<TopicPartition, PartitionLog> logs() {
        return logs(consumer.partitionsFor(topic, PATIENCE).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
    }

    Map<TopicPartition, PartitionLog> logs(Collection<TopicPartition> partitions) {
        return PartitionLogs.of(consumer, partitions);
    }

    /** What Kafka was told of these partitions; those of which it was told nothing are left out. */
    Map<TopicPartition, Long> committed(Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        consumer.committed(partitions, PATIENCE).forEach((partition, found) -> {
            if (found != null) {
                offsets.put(partition, found.offset());
            }
        });
        return offsets;
    }

    /** The first offset in each partition whose record is not older; of one that has none, its end. */
    Map<TopicPartition, Long> offsetsAt(Instant instant, Map<TopicPartition, PartitionLog> logs) {
        return PartitionLogs.offsetsAt(consumer, instant, logs);
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        consumer.seek(partition, offset);
    }

    /** A consumer that reads nothing still polls, or the group would take its partitions away. */
    @Override
    public void readOnly(Set<TopicPartition> wanted) {
        Set<TopicPartition> held = new HashSet<>(consumer.assignment());
        held.removeAll(wanted);
        consumer.pause(held);
        consumer.resume(wanted);
    }

    /** A partition whose log no longer has what is asked for, or has it from another leader, is placed anew. */
    ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            LOG.info("A log of {} is not what it was: {}", topic, e.toString());
            listener.assigned(e.partitions());
            return ConsumerRecords.empty();
        }
    }

    /** The offset that all who read the partition have behind them. */
    void mayCommit(TopicPartition partition, long offset) {
        commits.add(partition, offset);
    }

    void commitLater() {
        commits.sendLater();
    }

    /** Leaves the group at once, after what was accepted is committed. */
    @Override
    public void close() {
        commits.send(consumer.assignment());
        abandon();
    }

    /** Leaves the group of a topic that is gone. */
    void abandon() {
        consumer.close(CloseOptions.timeout(PATIENCE));
    }

    /** Kafka's own offsets count for nothing; a partition without any place would be asked for them. */
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        listener.assigned(partitions);
        partitions.forEach(partition -> consumer.seek(partition, 0));
        consumer.pause(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        commits.send(partitions);
        onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        commits.drop(partitions);
        listener.lost(partitions);
    }

    /** As numbers of partitions, for messages and the ledger. */
    static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }
}
