package io.reprise.bench.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LoadTest {

    private static final Duration SHORT = Duration.ofMillis(60);

    @Test
    void aClosedLoopNeverHasMoreGoingThanItWasAllowed() throws Exception {
        Semaphore allowed = new Semaphore(3);
        AtomicInteger refused = new AtomicInteger();

        ClosedLoop.Round round = new ClosedLoop(3, Duration.ZERO, SHORT).run(new AtomicLong(), number -> {
            if (!allowed.tryAcquire()) {
                refused.incrementAndGet();
                return;
            }
            Thread.onSpinWait();
            allowed.release();
        });

        assertThat(refused).hasValue(0);
        assertThat(round.latencies().count()).isPositive().isLessThanOrEqualTo(round.started());
    }

    @Test
    void aClosedLoopGivesEveryOperationANumberOfItsOwn() throws Exception {
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        AtomicLong numbers = new AtomicLong();

        ClosedLoop.Round first = new ClosedLoop(2, Duration.ZERO, SHORT).run(numbers, seen::add);
        ClosedLoop.Round second = new ClosedLoop(2, Duration.ZERO, SHORT).run(numbers, seen::add);

        assertThat(seen).hasSize((int) (first.started() + second.started()));
    }

    @Test
    void aFailedOperationFailsTheRound() {
        ClosedLoop loop = new ClosedLoop(1, Duration.ZERO, SHORT);

        assertThatThrownBy(() -> loop.run(new AtomicLong(), number -> {
                    throw new IOException("gone");
                }))
                .hasMessageContaining("would lie")
                .hasRootCauseMessage("gone");
    }

    @Test
    void anOpenLoopCountsFromTheInstantAtWhichAnOperationWasDue() {
        Instant start = Instant.parse("2026-11-21T00:00:00Z");
        Set<Instant> due = ConcurrentHashMap.newKeySet();
        InstantSource late = () -> due.isEmpty() ? start : start.plusSeconds(60);

        long count = new OpenLoop(2, Duration.ofSeconds(1)).run(late, (number, instant) -> due.add(instant));

        assertThat(count).isEqualTo(2);
        assertThat(due).contains(start);
    }
}
