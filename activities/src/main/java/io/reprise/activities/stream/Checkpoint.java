package io.reprise.activities.stream;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Up to where a stream has loaded a partition.
 *
 * @param first the offset with which it began
 * @param next the offset of the first record that is not loaded yet
 * @param leaderEpoch of the record that was loaded last, where Kafka says it
 * @param watermark the latest event time, in microseconds since 1970, or {@link RecordRows#NO_WATERMARK}
 */
public record Checkpoint(
        int partition, long first, long next, OptionalInt leaderEpoch, Optional<Last> last, long watermark) {

    /** A record by its place and its content, to be known again. */
    public record Last(long offset, String digest) {}
}
