package io.reprise.worker.trigger;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How far a trigger is behind, by partition. */
record Lag(List<OfPartition> partitions) {

    record OfPartition(int partition, long position, long end) {
        long records() {
            return Math.max(0, end - position);
        }
    }

    long records(Set<Integer> among) {
        return partitions.stream()
                .filter(partition -> among.contains(partition.partition()))
                .mapToLong(OfPartition::records)
                .sum();
    }

    String json() {
        return partitions.stream()
                .map(it -> "{\"partition\":" + it.partition() + ",\"position\":" + it.position() + ",\"end\":"
                        + it.end() + ",\"lag\":" + it.records() + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
