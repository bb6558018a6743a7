package io.reprise.worker.stream;

import io.reprise.activities.stream.Checkpoint;
import io.reprise.worker.shared.PartitionLog;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is committed and not loaded yet, by partition. */
record StreamLag(Map<Integer, OfPartition> partitions) {

    record OfPartition(long position, long end) {
        long records() {
            return Math.max(0, end - position);
        }
    }

    static StreamLag between(Map<Integer, Checkpoint> checkpoints, Map<Integer, PartitionLog> logs) {
        Map<Integer, OfPartition> partitions = new TreeMap<>();
        logs.forEach((partition, log) -> {
            Checkpoint checkpoint = checkpoints.get(partition);
            partitions.put(partition, new OfPartition(checkpoint == null ? log.start() : checkpoint.next(), log.end()));
        });
        return new StreamLag(partitions);
    }

    long records(Set<Integer> among) {
        return partitions.entrySet().stream()
                .filter(entry -> among.contains(entry.getKey()))
                .mapToLong(entry -> entry.getValue().records())
                .sum();
    }

    String json() {
        return partitions.entrySet().stream()
                .map(entry -> "{\"partition\":" + entry.getKey() + ",\"position\":"
                        + entry.getValue().position() + ",\"end\":"
                        + entry.getValue().end() + ",\"lag\":"
                        + entry.getValue().records() + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
