package io.reprise.worker.trigger;

import io.reprise.db.trigger.Position;
import io.reprise.db.trigger.TopicLog;
import io.reprise.worker.deadletter.SourceRecords;
import io.reprise.worker.shared.PartitionLog;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Where one trigger stands in the partitions that its reader has, and how far it was shown them. A partition that was newly
 * assigned, or whose log may have changed, is not read before it was placed; what was accepted last is then read once more,
 * for only a log that still has it is the log that was read.
 */
final class Places {

    private final Set<TopicPartition> unplaced = new HashSet<>();
    private final Map<TopicPartition, Position.Last> unproven = new HashMap<>();
    private final Map<TopicPartition, PartitionLog.Verdict> contradicted = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, Long> shown = new HashMap<>();
    private TopicLog log;

    Places(TopicLog log) {
        this.log = log;
    }

    /** What is read counts as of this log. */
    TopicLog log() {
        return log;
    }

    void turnTo(TopicLog next, Collection<TopicPartition> assigned) {
        log = next;
        doubt(assigned);
    }

    /** What must be placed before it is read. */
    Set<TopicPartition> unplaced() {
        return Set.copyOf(unplaced);
    }

    /** Asks the ledger where to go on. */
    void doubt(Collection<TopicPartition> partitions) {
        unplaced.addAll(partitions);
        forget(partitions);
    }

    void lose(Collection<TopicPartition> partitions) {
        unplaced.removeAll(partitions);
        forget(partitions);
    }

    private void forget(Collection<TopicPartition> partitions) {
        positions.keySet().removeAll(partitions);
        shown.keySet().removeAll(partitions);
        unproven.keySet().removeAll(partitions);
        contradicted.keySet().removeAll(partitions);
    }

    /** What the log says of a position, and so does what was read of it since. */
    PartitionLog.Verdict verdict(TopicPartition partition, PartitionLog found, Position position) {
        Optional<Position.Last> last = position.last();
        return contradicted.getOrDefault(
                partition,
                found.of(
                        position.next(),
                        last.map(it -> OptionalLong.of(it.offset())).orElseGet(OptionalLong::empty)));
    }

    void place(TopicPartition partition, Position position, long from) {
        positions.put(partition, position.next());
        shown.put(partition, from);
        position.last().filter(last -> last.offset() >= from).ifPresent(last -> unproven.put(partition, last));
        unplaced.remove(partition);
    }

    /** In a partition in which the trigger has never been. */
    void placeAt(TopicPartition partition, long offset) {
        positions.put(partition, offset);
        shown.put(partition, offset);
        unplaced.remove(partition);
    }

    /** Where it would be read on; empty for a partition that has no place. */
    OptionalLong wanted(TopicPartition partition) {
        Long next = shown.get(partition);
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** What is accepted of a partition; empty for one that has no place. */
    OptionalLong position(TopicPartition partition) {
        Long next = positions.get(partition);
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /**
     * Shows what was polled between two offsets. Answers what is new of it: nothing where the trigger is elsewhere, or where
     * the record that was accepted last is another one now.
     */
    List<ConsumerRecord<byte[], byte[]>> show(
            TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> polled, long from, long to) {
        long at = wanted(partition).orElse(-1);
        if (at < from || at >= to) {
            return List.of();
        }
        List<ConsumerRecord<byte[], byte[]>> seen =
                polled.stream().filter(record -> record.offset() >= at).toList();
        Optional<Position.Last> last = Optional.ofNullable(unproven.remove(partition));
        if (!seen.isEmpty()
                && last.filter(it -> isReplacedBy(seen.getFirst(), it)).isPresent()) {
            forget(List.of(partition));
            contradicted.put(partition, PartitionLog.otherRecordAt(last.get().offset()));
            unplaced.add(partition);
            return List.of();
        }
        shown.put(partition, to);
        long position = position(partition).orElse(at);
        return seen.stream().filter(record -> record.offset() >= position).toList();
    }

    private boolean isReplacedBy(ConsumerRecord<byte[], byte[]> found, Position.Last accepted) {
        return found.offset() == accepted.offset()
                && !SourceRecords.of(log.id(), found).digest().equals(accepted.digest());
    }

    void taken(TopicPartition partition, long next) {
        positions.put(partition, next);
    }

    /** Is shown again what it was shown from that record on. */
    void showAgain(TopicPartition partition, long offset) {
        shown.put(partition, offset);
    }

    /** Is shown again what was not accepted. */
    void rewind(TopicPartition partition) {
        position(partition).ifPresent(position -> shown.put(partition, position));
    }

    /**
     * How far it was shown what holds no more records: ends of transactions and the like.
     *
     * @param pending partitions in which records wait to be accepted
     */
    Map<TopicPartition, Long> passed(Set<TopicPartition> pending) {
        Map<TopicPartition, Long> passed = new HashMap<>();
        shown.forEach((partition, reached) -> {
            boolean isPast = reached > position(partition).orElse(reached);
            if (isPast && !pending.contains(partition) && !unproven.containsKey(partition)) {
                passed.put(partition, reached);
            }
        });
        return passed;
    }
}
