package io.reprise.worker.shared;

import java.time.Duration;

/** Tells when something is due that need not be done in every round. The first time is now. */
public final class Every {

    private final long nanos;
    private long next = System.nanoTime();

    public Every(Duration period) {
        this.nanos = period.toNanos();
    }

    public boolean isDue() {
        long now = System.nanoTime();
        if (now - next < 0) {
            return false;
        }
        next = now + nanos;
        return true;
    }
}
