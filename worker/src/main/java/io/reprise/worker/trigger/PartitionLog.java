package io.reprise.worker.trigger;

import io.reprise.db.trigger.Position;

/**
 * What Kafka has of one partition.
 *
 * @param start the first offset that it still has
 * @param end the offset after its last committed record
 */
record PartitionLog(long start, long end) {

    /** What this log says of the place at which a trigger would go on in it. */
    sealed interface Verdict {

        /** Nothing speaks against it. Reading begins with the record that was accepted last, where it can be seen again. */
        record GoesOn(long from) implements Verdict {}

        /** Kafka deleted these offsets, {@code to} excluded, before they were read. */
        record Lost(long from, long to) implements Verdict {}

        /** It is another log, or one that lost its tail. */
        record Contradicts(String why) implements Verdict {}
    }

    Verdict of(Position position) {
        if (end < position.next()) {
            return new Verdict.Contradicts("it ends at offset " + end + ", and records up to offset "
                    + (position.next() - 1) + " were accepted from it");
        }
        if (start > position.next()) {
            return new Verdict.Lost(position.next(), start);
        }
        return new Verdict.GoesOn(position.last()
                .map(Position.Last::offset)
                .filter(last -> last >= start)
                .orElse(position.next()));
    }

    /** Another record than the accepted one stands at its offset. */
    static Verdict.Contradicts otherRecordAt(long offset) {
        return new Verdict.Contradicts("it has another record at offset " + offset + " than was accepted from there");
    }
}
