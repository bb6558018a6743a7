package io.reprise.worker.trigger;

import io.reprise.worker.shared.Every;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Says where a consumer reads that serves many. Triggers that stand at the same place are served together; where some are
 * behind, all places take turns, so that who catches up and who is current keep each other only for a while.
 */
final class Steering {

    private final Every turns = new Every(Duration.ofMillis(500));
    private final Map<TopicPartition, Long> reached = new HashMap<>();

    /** What a partition is read from is said anew: its log may be another one. */
    void forget(Collection<TopicPartition> partitions) {
        reached.keySet().removeAll(partitions);
    }

    /** Answers the offsets from which partitions are read now; others nobody wants. */
    Map<TopicPartition, Long> steer(TopicConsumer consumer, Collection<TriggerLane> lanes) {
        boolean turn = turns.isDue();
        Map<TopicPartition, Long> from = new HashMap<>();
        for (TopicPartition partition : consumer.assigned()) {
            NavigableSet<Long> wanted = new TreeSet<>();
            for (TriggerLane lane : lanes) {
                OptionalLong place = lane.wanted(partition);
                place.ifPresent(wanted::add);
            }
            if (!wanted.isEmpty()) {
                from.put(partition, steer(consumer, partition, wanted, turn));
            }
        }
        consumer.readOnly(from.keySet());
        return from;
    }

    private long steer(TopicConsumer consumer, TopicPartition partition, NavigableSet<Long> wanted, boolean turn) {
        Optional<Long> at = Optional.ofNullable(reached.get(partition));
        long next = next(at.orElse(-1L), wanted, turn);
        if (at.isEmpty() || next != at.get()) {
            consumer.seek(partition, next);
            reached.put(partition, next);
        }
        return next;
    }

    /** How far partitions were read by a poll, where they were read on. */
    void polled(ConsumerRecords<byte[], byte[]> records) {
        records.nextOffsets()
                .forEach((partition, next) ->
                        reached.computeIfPresent(partition, (same, before) -> Math.max(before, next.offset())));
    }

    long reached(TopicPartition partition) {
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
