package io.reprise.worker.stream;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Lets so many records through within a second, and the rest in the next one. */
final class Throttle {

    private final Optional<Integer> recordsPerSecond;
    private long second = System.nanoTime();
    private long taken;

    Throttle(Optional<Integer> recordsPerSecond) {
        this.recordsPerSecond = recordsPerSecond;
    }

    boolean mayRead() {
        if (recordsPerSecond.isEmpty()) {
            return true;
        }
        if (System.nanoTime() - second >= TimeUnit.SECONDS.toNanos(1)) {
            second = System.nanoTime();
            taken = Math.max(0, taken - recordsPerSecond.get());
        }
        return taken < recordsPerSecond.get();
    }

    void took(int records) {
        taken += records;
    }
}
