package io.reprise.catalog.trigger;

import java.time.Duration;

/**
 * How many records make one run.
 *
 * @param within how long the first of them waits for the others at most
 */
public record Batching(int records, Duration within) {

    static final int MOST = 10_000;

    /** Every record makes a run of its own. */
    public static final Batching NONE = new Batching(1, Duration.ofSeconds(5));

    public Batching {
        if (records < 1 || records > MOST || within.isNegative()) {
            throw new IllegalArgumentException("cannot batch " + records + " records within " + within
                    + " (expected: 1 to " + MOST + " within some time)");
        }
    }

    public boolean sharesRuns() {
        return records > 1;
    }
}
