package io.reprise.db.trigger;

import java.util.List;

/**
 * Consecutive records of one partition.
 *
 * @param from the position at which the consumer believes the trigger stands
 * @param next the position after the last record
 */
public record TriggerBatch(Source source, long from, long next, List<TriggerRecord> records) {

    public TriggerBatch {
        records = List.copyOf(records);
        if (next < from) {
            throw new IllegalArgumentException(
                    "cannot move " + source + " from " + from + " back to " + next + " (expected: forward)");
        }
    }

    /** One partition of one topic as one trigger reads it. */
    public record Source(String trigger, String topicId, int partition) {}
}
