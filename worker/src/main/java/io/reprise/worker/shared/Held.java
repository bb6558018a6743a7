package io.reprise.worker.shared;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Partitions that wait for the schema of one record, each with how often that was asked for. */
public final class Held {

    private static final BackOff PAUSES = new BackOff(Duration.ofMillis(500), Duration.ofMinutes(1));

    private record Asked(long offset, int attempts, long until) {}

    private final Map<TopicPartition, Asked> asked = new HashMap<>();

    public boolean isHeld(TopicPartition partition) {
        Asked last = asked.get(partition);
        return last != null && System.nanoTime() - last.until() < 0;
    }

    /** Holds the partition at this record for a while. Answers how often it was held there, this time included. */
    public int hold(TopicPartition partition, long offset) {
        Asked last = asked.get(partition);
        int attempts = last == null || last.offset() != offset ? 1 : last.attempts() + 1;
        asked.put(
                partition,
                new Asked(
                        offset,
                        attempts,
                        System.nanoTime() + PAUSES.after(attempts).toNanos()));
        return attempts;
    }

    public void letGo(Collection<TopicPartition> partitions) {
        asked.keySet().removeAll(partitions);
    }
}
