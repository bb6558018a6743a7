package io.reprise.worker.shared;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Says where a consumer reads that serves many. Those that stand at the same place are served together; where some are
 * behind, all places take turns, so that who catches up and who is current keep each other only for a while.
 */
public final class Steering {

    /** Reads where it is told to. */
    public interface Steered {
        Set<TopicPartition> assigned();

        void seek(TopicPartition partition, long offset);

        /** Reads of these, and of no others. */
        void readOnly(Set<TopicPartition> wanted);
    }

    private final Every turns = new Every(Duration.ofMillis(500));
    private final Map<TopicPartition, Long> reached = new HashMap<>();

    /** What a partition is read from is said anew: its log may be another one. */
    public void forget(Collection<TopicPartition> partitions) {
        reached.keySet().removeAll(partitions);
    }

    /**
     * Answers the offsets from which partitions are read now; others nobody wants.
     *
     * @param places at which somebody would read a partition on
     */
    public Map<TopicPartition, Long> steer(Steered consumer, Function<TopicPartition, NavigableSet<Long>> places) {
        boolean turn = turns.isDue();
        Map<TopicPartition, Long> from = new HashMap<>();
        for (TopicPartition partition : consumer.assigned()) {
            NavigableSet<Long> wanted = places.apply(partition);
            if (!wanted.isEmpty()) {
                from.put(partition, steer(consumer, partition, wanted, turn));
            }
        }
        consumer.readOnly(from.keySet());
        return from;
    }

    private long steer(Steered consumer, TopicPartition partition, NavigableSet<Long> wanted, boolean turn) {
        Optional<Long> at = Optional.ofNullable(reached.get(partition));
        long next = next(at.orElse(-1L), wanted, turn);
        if (at.isEmpty() || next != at.get()) {
            consumer.seek(partition, next);
            reached.put(partition, next);
        }
        return next;
    }

    /** How far partitions were read by a poll, where they were read on. */
    public void polled(ConsumerRecords<byte[], byte[]> records) {
        records.nextOffsets()
                .forEach((partition, next) ->
                        reached.computeIfPresent(partition, (same, before) -> Math.max(before, next.offset())));
    }

    public long reached(TopicPartition partition) {
        return reached.getOrDefault(partition, -1L);
    }

    /** The next place in turn, or the one at which it is already. */
    static long next(long at, NavigableSet<Long> wanted, boolean turn) {
        if (!wanted.contains(at)) {
            return wanted.first();
        }
        Long higher = wanted.higher(at);
        if (!turn) {
            return at;
        }
        return higher == null ? wanted.first() : higher;
    }
}
