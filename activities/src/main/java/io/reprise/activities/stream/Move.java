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
