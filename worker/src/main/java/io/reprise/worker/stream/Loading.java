package io.reprise.worker.stream;

import io.reprise.activities.stream.Batch;
import io.reprise.activities.stream.Loaded;
import io.reprise.activities.stream.StreamLoader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Loads one batch at a time beside the thread that reads the next. */
final class Loading implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(3);

    private final StreamLoader loader;
    private final ExecutorService thread;
    private @Nullable Future<Loaded> running;
    private @Nullable Batch batch;
    private long startedAt;

    Loading(StreamLoader loader, String stream) {
        this.loader = loader;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("load-" + stream).daemon(true).factory());
    }

    /**
     * A batch, and what became of it.
     *
     * @param failure instead of an outcome: ask the checkpoints what was loaded
     */
    record Ended(Batch batch, Optional<Loaded> outcome, Optional<Throwable> failure, Duration took) {}

    boolean isIdle() {
        return running == null;
    }

    void start(Batch next) {
        batch = next;
        startedAt = System.nanoTime();
        running = thread.submit(() -> loader.load(next));
    }

    /** What became of the batch that is being loaded, if that is known by then. */
    Optional<Ended> ended(Duration patience) throws InterruptedException {
        Future<Loaded> waited = running;
        Batch loaded = batch;
        if (waited == null || loaded == null) {
            return Optional.empty();
        }
        try {
            Loaded outcome = waited.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return end(loaded, Optional.of(outcome), Optional.empty());
        } catch (ExecutionException failed) {
            return end(loaded, Optional.empty(), Optional.ofNullable(failed.getCause()));
        } catch (TimeoutException notYet) {
            return Optional.empty();
        }
    }

    private Optional<Ended> end(Batch loaded, Optional<Loaded> outcome, Optional<Throwable> failure) {
        running = null;
        batch = null;
        return Optional.of(new Ended(loaded, outcome, failure, Duration.ofNanos(System.nanoTime() - startedAt)));
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
