package io.reprise.bench.shared;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Begins operations at a fixed rate whatever becomes of the earlier ones. Each is told the instant at which it was due, and
 * latency counts from there: an operation that had to wait for a slow one before it is not quietly forgiven.
 */
public record OpenLoop(int perSecond, Duration lasting) {

    /** Told when its operation was due. */
    @FunctionalInterface
    public interface DueOperation {
        void run(long number, Instant due);
    }

    /** Returns when the last operation has ended. */
    public long run(InstantSource clock, DueOperation operation) {
        long count = Math.multiplyExact(lasting.toSeconds(), perSecond);
        long gap = Duration.ofSeconds(1).toNanos() / perSecond;
        Instant start = clock.instant();
        try (ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long number = 0; number < count; number++) {
                long ordinal = number;
                Instant due = start.plusNanos(gap * number);
                awaitInstant(clock, due);
                lanes.execute(() -> operation.run(ordinal, due));
            }
        }
        return count;
    }

    private static void awaitInstant(InstantSource clock, Instant due) {
        for (Duration left = Duration.between(clock.instant(), due);
                left.isPositive();
                left = Duration.between(clock.instant(), due)) {
            LockSupport.parkNanos(left.toNanos());
        }
    }
}
