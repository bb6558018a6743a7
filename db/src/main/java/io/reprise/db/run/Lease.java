package io.reprise.db.run;

import java.time.Duration;

/** Who drives a queued run into Temporal, and for how long nobody else tries. */
public record Lease(String holder, Duration length) {

    public Lease {
        if (length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException(
                    "cannot lease a run to " + holder + " for " + length + " (expected: more than nothing)");
        }
    }
}
