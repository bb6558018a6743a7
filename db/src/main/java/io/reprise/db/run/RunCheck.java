package io.reprise.db.run;

import java.time.Instant;

/**
 * What a check of a step found.
 *
 * @param offending how many rows offend; none is a pass
 * @param sample JSON array: the first of them, an object each
 */
public record RunCheck(
        String runId, Instant loggedAt, String stepId, int attempt, String name, long offending, String sample) {

    public RunCheck {
        if (offending < 0) {
            throw new IllegalArgumentException(
                    "cannot keep that check " + name + " found " + offending + " rows (expected: 0 or more)");
        }
    }

    public boolean passed() {
        return offending == 0;
    }
}
