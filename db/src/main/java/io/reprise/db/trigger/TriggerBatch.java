package io.reprise.db.trigger;

import io.reprise.db.deadletter.SourceRecord;
import java.util.List;
import java.util.Optional;

/**
 * Consecutive records of one partition, or none where what lies between is no record.
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

    /** How many of them were not what the trigger is for. */
    public int filtered() {
        return Math.toIntExact(records.stream()
                .filter(TriggerRecord.Filtered.class::isInstance)
                .count());
    }

    Optional<Position.Last> last() {
        if (records.isEmpty()) {
            return Optional.empty();
        }
        SourceRecord record = records.getLast().record();
        return Optional.of(new Position.Last(record.offset(), record.digest()));
    }

    /**
     * One partition of one topic as one trigger reads it.
     *
     * @param topicId which log of the topic: {@link TopicLog#id()}
     */
    public record Source(String trigger, String topicId, int partition) {}
}
