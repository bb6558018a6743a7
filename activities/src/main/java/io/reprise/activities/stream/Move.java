package io.reprise.activities.stream;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the checkpoint of a partition moves.
 *
 * @param from where it has to be
 * @param last the last record that it passes, if it passes one
 * @param watermark the latest event time up to there
 */
record Move(int partition, long from, long next, @Nullable Line last, long watermark) {

    /** Both, one after the other. */
    Move then(Move second) {
        if (next != second.from) {
            throw new IllegalStateException("cannot move partition " + partition + " from " + next
                    + " on: its next part begins at " + second.from + " (expected: no record twice and none left out)");
        }
        return new Move(
                partition,
                from,
                second.next,
                second.last == null ? last : second.last,
                Math.max(watermark, second.watermark));
    }

    Optional<Line> lastLine() {
        return Optional.ofNullable(last);
    }
}
