package io.reprise.worker.trigger;

import io.reprise.db.trigger.Position;
import io.reprise.worker.shared.PartitionLog;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** How far a trigger is behind, by partition. */
record Lag(List<OfPartition> partitions) {

    /**
     * One partition.
     *
     * @param committed what Kafka was told; empty where it was told nothing
     */
    record OfPartition(int partition, long position, PartitionLog log, Optional<Long> committed) {
        long records() {
            return Math.max(0, log.end() - position);
        }
    }

    /** A partition in which the trigger has never been is read from its start. */
    static Lag between(
            Map<Integer, Position> positions,
            Map<TopicPartition, PartitionLog> logs,
            Map<TopicPartition, Long> committed) {
        return new Lag(logs.entrySet().stream()
                .map(log -> new OfPartition(
                        log.getKey().partition(),
                        Optional.ofNullable(positions.get(log.getKey().partition()))
                                .map(Position::next)
                                .orElse(log.getValue().start()),
                        log.getValue(),
                        Optional.ofNullable(committed.get(log.getKey()))))
                .sorted(Comparator.comparingInt(OfPartition::partition))
                .toList());
    }

    long records(Set<Integer> among) {
        return partitions.stream()
                .filter(partition -> among.contains(partition.partition()))
                .mapToLong(OfPartition::records)
                .sum();
    }

    String json() {
        return partitions.stream()
                .map(it -> "{\"partition\":" + it.partition() + ",\"position\":" + it.position() + ",\"start\":"
                        + it.log().start() + ",\"end\":" + it.log().end()
                        + it.committed()
                                .map(offset -> ",\"committed\":" + offset)
                                .orElse("")
                        + ",\"lag\":" + it.records() + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
