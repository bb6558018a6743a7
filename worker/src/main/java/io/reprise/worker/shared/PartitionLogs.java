package io.reprise.worker.shared;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka what it has. */
public final class PartitionLogs {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private PartitionLogs() {}

    public static Map<TopicPartition, PartitionLog> of(
            Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions, PATIENCE);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
        Map<TopicPartition, PartitionLog> logs = new HashMap<>();
        for (TopicPartition partition : partitions) {
            long start = starts.getOrDefault(partition, 0L);
            logs.put(partition, new PartitionLog(start, ends.getOrDefault(partition, start)));
        }
        return logs;
    }

    /** The first offset in each partition whose record is not older; of one that has none, its end. */
    public static Map<TopicPartition, Long> offsetsAt(
            Consumer<byte[], byte[]> consumer, Instant instant, Map<TopicPartition, PartitionLog> logs) {
        Map<TopicPartition, Long> asked = new HashMap<>();
        logs.keySet().forEach(partition -> asked.put(partition, instant.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(asked, PATIENCE);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        logs.forEach((partition, log) -> {
            OffsetAndTimestamp first = found.get(partition);
            offsets.put(partition, first == null ? log.end() : first.offset());
        });
        return offsets;
    }
}
