package io.reprise.worker.stream;

import io.reprise.activities.stream.Checkpoint;
import io.reprise.activities.stream.StreamLoader;
import io.reprise.activities.stream.StreamLog;
import io.reprise.worker.shared.Commits;
import io.reprise.worker.shared.PartitionLog;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
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
 * One consumer of a topic, and which of its partitions are placed. One that was newly assigned is not read before it was placed
 * where its checkpoint says; the record that was loaded last is then read once more, for only a log that still has it is the log
 * that was read.
 */
final class StreamReading implements ConsumerRebalanceListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamReading.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final StreamLog log;
    private final Runnable beforeLeaving;
    private final Commits commits;
    private final Set<Integer> unplaced = new HashSet<>();
    private final Map<Integer, Checkpoint.Last> unproven = new HashMap<>();
    private final Map<Integer, PartitionLog.Verdict> contradicted = new HashMap<>();

    private StreamReading(KafkaConsumer<byte[], byte[]> consumer, StreamLog log, Runnable beforeLeaving) {
        this.consumer = consumer;
        this.log = log;
        this.beforeLeaving = beforeLeaving;
        this.commits = new Commits(consumer);
    }

    /** @param beforeLeaving done before partitions go to somebody else in good order */
    static StreamReading open(Map<String, Object> configuration, StreamLog log, Runnable beforeLeaving) {
        StreamReading reading = new StreamReading(new KafkaConsumer<>(configuration), log, beforeLeaving);
        reading.consumer.subscribe(List.of(log.topic()), reading);
        return reading;
    }

    StreamLog log() {
        return log;
    }

    Set<Integer> unplaced() {
        return Set.copyOf(unplaced);
    }

    Set<Integer> assigned() {
        return consumer.assignment().stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    Set<Integer> placed() {
        Set<Integer> placed = new HashSet<>(assigned());
        placed.removeAll(unplaced);
        return placed;
    }

    /** What Kafka has of the topic; partitions without a leader are missing. */
    Map<Integer, PartitionLog> logs() {
        List<TopicPartition> led = consumer.partitionsFor(log.topic(), PATIENCE).stream()
                .filter(info -> info.leader() != null && !info.leader().isEmpty())
                .map(info -> of(info.partition()))
                .toList();
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(led, PATIENCE);
        Map<TopicPartition, Long> ends = consumer.endOffsets(led, PATIENCE);
        Map<Integer, PartitionLog> logs = new TreeMap<>();
        for (TopicPartition partition : led) {
            long start = starts.getOrDefault(partition, 0L);
            logs.put(partition.partition(), new PartitionLog(start, ends.getOrDefault(partition, start)));
        }
        return logs;
    }

    /** What the log says of a checkpoint, and so does what was read of it since. */
    PartitionLog.Verdict verdict(Checkpoint checkpoint, PartitionLog found) {
        OptionalLong last =
                checkpoint.last().stream().mapToLong(Checkpoint.Last::offset).findFirst();
        return contradicted.getOrDefault(checkpoint.partition(), found.of(checkpoint.next(), last));
    }

    void place(Checkpoint checkpoint, long from) {
        int partition = checkpoint.partition();
        consumer.seek(of(partition), from);
        unproven.remove(partition);
        checkpoint.last().filter(last -> last.offset() >= from).ifPresent(last -> unproven.put(partition, last));
        unplaced.remove(partition);
    }

    /** Asks the checkpoints again where to go on. */
    void doubt(Collection<Integer> partitions) {
        unplaced.addAll(partitions);
        forget(partitions);
    }

    /**
     * A consumer that reads nothing still polls, or the group would take its partitions away.
     *
     * @param resting those that are not read in any case
     */
    void hold(boolean mayRead, Set<Integer> resting) {
        Set<TopicPartition> held = new HashSet<>(consumer.assignment());
        Set<TopicPartition> read = new HashSet<>();
        if (mayRead) {
            read.addAll(held);
            read.removeIf(
                    partition -> unplaced.contains(partition.partition()) || resting.contains(partition.partition()));
            held.removeAll(read);
        }
        consumer.pause(held);
        consumer.resume(read);
    }

    /** A partition whose log no longer has what is asked for, or has it from another leader, is placed anew. */
    ConsumerRecords<byte[], byte[]> poll(boolean atOnce) {
        try {
            return consumer.poll(atOnce ? Duration.ZERO : POLL);
        } catch (OffsetOutOfRangeException e) {
            LOG.info("A log of {} is not what it was: {}", log.topic(), e.toString());
            doubt(e.partitions().stream().map(TopicPartition::partition).toList());
            return ConsumerRecords.empty();
        }
    }

    /** Whether the record that was loaded last is another one now; then the partition is not read. */
    boolean isExchanged(int partition, List<ConsumerRecord<byte[], byte[]>> polled) {
        Optional<Checkpoint.Last> last = Optional.ofNullable(unproven.remove(partition));
        ConsumerRecord<byte[], byte[]> first = polled.getFirst();
        boolean exchanged = last.filter(known ->
                        known.offset() == first.offset() && !known.digest().equals(StreamLoader.digest(first)))
                .isPresent();
        if (exchanged) {
            contradicted.put(partition, PartitionLog.otherRecordAt(first.offset()));
            unplaced.add(partition);
        }
        return exchanged;
    }

    /** Reads from there again. */
    void seek(int partition, long offset) {
        consumer.seek(of(partition), offset);
    }

    /** Whether what follows its checkpoint may be read: the record that was loaded last was seen again, or is gone. */
    boolean isProven(int partition) {
        return !unproven.containsKey(partition);
    }

    long position(int partition) {
        return consumer.position(of(partition), PATIENCE);
    }

    void commit(int partition, long next) {
        commits.add(of(partition), next);
    }

    void commitLater() {
        commits.sendLater();
    }

    /** Leaves the group at once, after what was loaded is committed. */
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
        doubt(partitions.stream().map(TopicPartition::partition).toList());
        partitions.forEach(partition -> consumer.seek(partition, 0));
        consumer.pause(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        beforeLeaving.run();
        commits.send(partitions);
        onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        List<Integer> gone = partitions.stream().map(TopicPartition::partition).toList();
        commits.drop(partitions);
        unplaced.removeAll(gone);
        forget(gone);
    }

    private void forget(Collection<Integer> partitions) {
        unproven.keySet().removeAll(partitions);
        contradicted.keySet().removeAll(partitions);
    }

    private TopicPartition of(int partition) {
        return new TopicPartition(log.topic(), partition);
    }
}
