package io.reprise.worker.trigger;

import io.reprise.db.trigger.Position;
import io.reprise.db.trigger.TopicLog;
import io.reprise.db.trigger.TriggerBatch;
import io.reprise.worker.deadletter.SourceRecords;
import io.reprise.worker.shared.Commits;
import io.reprise.worker.shared.PartitionLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer, and where it reads. A partition that was newly assigned, or whose log may have changed, is not read before it
 * was placed; what was accepted last is then read once more, for only a log that still has it is the log that was read.
 */
final class Reading implements ConsumerRebalanceListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final Commits commits;
    private final Set<TopicPartition> unplaced = new HashSet<>();
    private final Map<TopicPartition, Position.Last> unproven = new HashMap<>();
    private final Map<TopicPartition, PartitionLog.Verdict> contradicted = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private TopicLog log;

    private Reading(KafkaConsumer<byte[], byte[]> consumer, String topic, TopicLog log) {
        this.consumer = consumer;
        this.topic = topic;
        this.commits = new Commits(consumer);
        this.log = log;
    }

    static Reading open(Map<String, Object> configuration, String topic, TopicLog log) {
        Reading reading = new Reading(new KafkaConsumer<>(configuration), topic, log);
        reading.consumer.subscribe(List.of(topic), reading);
        return reading;
    }

    /** What it reads counts as of this log. */
    TopicLog log() {
        return log;
    }

    void turnTo(TopicLog next) {
        log = next;
        commits.drop(consumer.assignment());
        doubt(consumer.assignment());
    }

    /** What must be placed before it is read. */
    Set<TopicPartition> unplaced() {
        return Set.copyOf(unplaced);
    }

    /** The partitions that this consumer has. */
    Set<Integer> assigned() {
        return consumer.assignment().stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    /** What Kafka has of the whole topic. */
    Map<TopicPartition, PartitionLog> logs() {
        return logs(consumer.partitionsFor(topic, PATIENCE).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
    }

    Map<TopicPartition, PartitionLog> logs(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions, PATIENCE);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
        Map<TopicPartition, PartitionLog> logs = new HashMap<>();
        for (TopicPartition partition : partitions) {
            long start = starts.getOrDefault(partition, 0L);
            logs.put(partition, new PartitionLog(start, ends.getOrDefault(partition, start)));
        }
        return logs;
    }

    /** What the log says of a position, and so does what was read of it since. */
    PartitionLog.Verdict verdict(TopicPartition partition, PartitionLog found, Position position) {
        return contradicted.getOrDefault(partition, found.of(position.next(), lastOffset(position)));
    }

    private static OptionalLong lastOffset(Position position) {
        return position.last().stream().mapToLong(Position.Last::offset).findFirst();
    }

    void place(TopicPartition partition, Position position, long from) {
        consumer.seek(partition, from);
        positions.put(partition, position.next());
        position.last().filter(last -> last.offset() >= from).ifPresent(last -> unproven.put(partition, last));
        unplaced.remove(partition);
    }

    /** Reads a partition in which the trigger has never been. */
    void placeAtStart(TopicPartition partition, PartitionLog found) {
        consumer.seek(partition, found.start());
        unplaced.remove(partition);
    }

    /** Asks the ledger again where to go on. */
    void doubt(Collection<TopicPartition> partitions) {
        unplaced.addAll(partitions);
        forget(partitions);
    }

    /** A consumer that reads nothing still polls, or the group would take its partitions away. */
    void hold(boolean mayRead) {
        Set<TopicPartition> held = new HashSet<>(consumer.assignment());
        Set<TopicPartition> read = new HashSet<>();
        if (mayRead) {
            held.retainAll(unplaced);
            read.addAll(consumer.assignment());
            read.removeAll(unplaced);
        }
        consumer.pause(held);
        consumer.resume(read);
    }

    /** A partition whose log no longer has what is asked for, or has it from another leader, is placed anew. */
    ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            LOG.info("A log of {} is not what it was: {}", topic, e.toString());
            doubt(e.partitions());
            return ConsumerRecords.empty();
        }
    }

    /** What was polled and not accepted yet: nothing where the record that was accepted last is another one now. */
    List<ConsumerRecord<byte[], byte[]>> fresh(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> polled) {
        Optional<Position.Last> last = Optional.ofNullable(unproven.remove(partition));
        if (last.filter(accepted -> isReplacedBy(polled.getFirst(), accepted)).isPresent()) {
            contradicted.put(partition, PartitionLog.otherRecordAt(last.get().offset()));
            unplaced.add(partition);
            return List.of();
        }
        long position = position(partition, polled);
        return polled.stream().filter(record -> record.offset() >= position).toList();
    }

    private boolean isReplacedBy(ConsumerRecord<byte[], byte[]> found, Position.Last accepted) {
        return found.offset() == accepted.offset()
                && !SourceRecords.of(log.id(), found).digest().equals(accepted.digest());
    }

    /** Where the trigger stands in a partition of which this was polled. */
    long position(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> polled) {
        return positions.getOrDefault(partition, polled.getFirst().offset());
    }

    void taken(TriggerBatch batch) {
        TopicPartition partition = new TopicPartition(topic, batch.source().partition());
        positions.put(partition, batch.next());
        commits.add(partition, batch.next());
    }

    /** Reads these records again. */
    void putBack(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> polled) {
        consumer.seek(partition, polled.getFirst().offset());
    }

    /** What lies between the position and where the consumer is: ends of transactions and the like, and no record. */
    List<TriggerBatch> passed(String trigger) {
        List<TriggerBatch> passed = new ArrayList<>();
        Map<TopicPartition, Long> read = new HashMap<>(positions);
        read.keySet().removeAll(unplaced);
        read.keySet().removeAll(unproven.keySet());
        read.forEach((partition, position) -> {
            long reached = consumer.position(partition, PATIENCE);
            if (reached > position) {
                TriggerBatch.Source source = new TriggerBatch.Source(trigger, log.id(), partition.partition());
                passed.add(new TriggerBatch(source, position, reached, List.of()));
            }
        });
        return passed;
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
        doubt(partitions);
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
        unplaced.removeAll(partitions);
        commits.drop(partitions);
        forget(partitions);
    }

    private void forget(Collection<TopicPartition> partitions) {
        positions.keySet().removeAll(partitions);
        unproven.keySet().removeAll(partitions);
        contradicted.keySet().removeAll(partitions);
    }
}
