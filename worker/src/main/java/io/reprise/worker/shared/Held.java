package io.reprise.worker.shared;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Partitions that wait for the schema of one record, each with how often that was asked for. */
public final class Held {

    private static final BackOff PAUSES = new BackOff(Duration.ofMillis(500), Duration.ofMinutes(1));

    private record Asked(long offset, int pauses, int attempts, long until) {}

    private final Map<TopicPartition, Asked> asked = new HashMap<>();

    public boolean isHeld(TopicPartition partition) {
        Asked last = asked.get(partition);
        return last != null && System.nanoTime() - last.until() < 0;
    }

    /** Holds the partition at this record for a while. Answers how often it was held there, this time included. */
    public int hold(TopicPartition partition, long offset) {
        return hold(partition, offset, 1);
    }

    /** The same where nobody could say: that counts as no question. */
    public int holdUnanswered(TopicPartition partition, long offset) {
        return hold(partition, offset, 0);
    }

    private int hold(TopicPartition partition, long offset, int answers) {
        Asked known = asked.get(partition);
        Asked last = known == null || known.offset() != offset ? new Asked(offset, 0, 0, 0) : known;
        int pauses = last.pauses() + 1;
        int attempts = last.attempts() + answers;
        asked.put(
                partition,
                new Asked(
                        offset,
                        pauses,
                        attempts,
                        System.nanoTime() + PAUSES.after(pauses).toNanos()));
        return attempts;
    }

    public void letGo(Collection<TopicPartition> partitions) {
        asked.keySet().removeAll(partitions);
    }
}
