package io.reprise.bench.shared;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps so many operations going at once: each begins when one before it has ended, so a slow system is asked less and never
 * buried. Only what ends inside the window counts, after a ramp in which the pipeline fills.
 */
public record ClosedLoop(int atOnce, Duration ramp, Duration window) {

    /** Loads for ramp and window. The numbers go on from round to round, so that ids made of them do not repeat. */
    public Round run(AtomicLong numbers, Operation operation) throws InterruptedException {
        long windowStart = System.nanoTime() + ramp.toNanos();
        long windowEnd = windowStart + window.toNanos();
        Latencies latencies = new Latencies();
        AtomicLong started = new AtomicLong();
        try (ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int lane = 0; lane < atOnce; lane++) {
                running.add(lanes.submit(() -> {
                    for (long begun = System.nanoTime(); begun < windowEnd; ) {
                        started.incrementAndGet();
                        operation.run(numbers.incrementAndGet());
                        long ended = System.nanoTime();
                        if (ended >= windowStart && ended < windowEnd) {
                            latencies.record(Duration.ofNanos(ended - begun));
                        }
                        begun = ended;
                    }
                    return null;
                }));
            }
            for (Future<?> lane : running) {
                awaitLane(lane);
            }
        }
        return new Round(started.get(), latencies, window);
    }

    private static void awaitLane(Future<?> lane) throws InterruptedException {
        try {
            lane.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "an operation of the load failed: a figure without it would lie", e.getCause());
        }
    }

    /** What one round saw. {@code started} operations began and ended, whether they were counted or not. */
    public record Round(long started, Latencies latencies, Duration window) {

        public double perSecond() {
            return latencies.count() / (window.toNanos() / 1e9);
        }
    }
}
