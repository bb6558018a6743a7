package io.reprise.worker.shared;

import java.util.OptionalLong;

/**
 * What Kafka has of one partition.
 *
 * @param start the first offset that it still has
 * @param end the offset after its last committed record
 */
public record PartitionLog(long start, long end) {

    /** What this log says of the place at which reading would go on in it. */
    public sealed interface Verdict {

        /** Nothing speaks against it. Reading begins with the record that was accepted last, where it can be seen again. */
        record GoesOn(long from) implements Verdict {}

        /** Kafka deleted these offsets, {@code to} excluded, before they were read. */
        record Lost(long from, long to) implements Verdict {}

        /** It is another log, or one that lost its tail. */
        record Contradicts(String why) implements Verdict {}
    }

    /**
     * What it says of a place.
     *
     * @param next the offset of the first record that was not accepted yet
     * @param last the offset of the record that was accepted last
     */
    public Verdict of(long next, OptionalLong last) {
        if (end < next) {
            return new Verdict.Contradicts(
                    "it ends at offset " + end + ", and records up to offset " + (next - 1) + " were accepted from it");
        }
        if (start > next) {
            return new Verdict.Lost(next, start);
        }
        return new Verdict.GoesOn(last.isPresent() && last.getAsLong() >= start ? last.getAsLong() : next);
    }

    /** Another record than the accepted one stands at its offset. */
    public static Verdict.Contradicts otherRecordAt(long offset) {
        return new Verdict.Contradicts("it has another record at offset " + offset + " than was accepted from there");
    }
}
