package io.reprise.db.backfill;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a backfill got.
 *
 * @param pace in what time one more slot came to an end, on average; empty as long as none did
 */
public record BackfillProgress(
        int planned, int running, int done, int failed, int cancelled, int skipped, Optional<Duration> pace) {

    /** How many slots there are. */
    public int all() {
        return planned + running + done + failed + cancelled + skipped;
    }

    /** How many slots are still to come to an end. */
    public int open() {
        return planned + running;
    }

    /** How long the rest takes if it goes on as it went. */
    public Optional<Duration> left() {
        return pace.map(each -> each.multipliedBy(open()));
    }
}
