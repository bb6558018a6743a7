package io.reprise.activities.stream;

/**
 * How far a partition was put into batches.
 *
 * @param next the offset of the first record that is in none
 * @param watermark the latest event time before it, in microseconds since 1970, or {@link RecordRows#NO_WATERMARK}
 */
public record Reach(long next, long watermark) {

    public static Reach of(Checkpoint checkpoint) {
        return new Reach(checkpoint.next(), checkpoint.watermark());
    }
}
