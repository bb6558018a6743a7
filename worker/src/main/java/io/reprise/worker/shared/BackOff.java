package io.reprise.worker.shared;

import java.time.Duration;

/** How long to wait after so many failures in a row: twice as long each time, never longer than the cap. */
public record BackOff(Duration first, Duration cap) {

    private static final int MOST_DOUBLINGS = 20;

    public BackOff {
        if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "cannot back off from " + first + " to " + cap + " (expected: 0 < first <= cap)");
        }
    }

    public Duration after(int failures) {
        Duration wait = first.multipliedBy(1L << Math.clamp(failures - 1L, 0, MOST_DOUBLINGS));
        return wait.compareTo(cap) > 0 ? cap : wait;
    }
}
