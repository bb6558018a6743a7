package io.reprise.worker.stream;

import io.reprise.db.stream.StreamState;
import io.reprise.worker.shared.BackOff;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a stream says of itself: whether it loads, and why not. */
final class StreamStanding {

    private static final Logger LOG = LoggerFactory.getLogger(StreamStanding.class);
    private static final String RUNNING = "RUNNING";
    private static final BackOff AWAY = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final String stream;
    private final StreamMeters meters;
    private boolean paused;
    private Optional<String> stop = Optional.empty();
    private int failures;
    private long waitsUntil = System.nanoTime();
    private String state = "STARTING";
    private Optional<String> error = Optional.empty();

    StreamStanding(String stream, StreamMeters meters) {
        this.stream = stream;
        this.meters = meters;
    }

    /** As an operator sees it. */
    String word() {
        if (stop.isPresent()) {
            return "STOPPED";
        }
        return paused ? "PAUSED" : state;
    }

    /** Why it does not load, if it should. */
    Optional<String> error() {
        return stop.or(() -> error);
    }

    boolean mayRead() {
        return !paused && mayPlace();
    }

    boolean mayPlace() {
        return stop.isEmpty() && System.nanoTime() - waitsUntil >= 0;
    }

    boolean isStopped() {
        return stop.isPresent();
    }

    /** What operators decided. */
    void obey(StreamState known) {
        if (known.paused() != paused) {
            LOG.info("Stream {} is {} by an operator", stream, known.paused() ? "paused" : "resumed");
        }
        paused = known.paused();
        stop = known.stopReason();
        meters.stopped(stop.isPresent());
    }

    void begins() {
        state = RUNNING;
        error = Optional.empty();
    }

    /** @param what the state while it waits, such as {@code WAITING_FOR_KAFKA} */
    void waitFor(String what, String why) {
        failures++;
        Duration wait = AWAY.after(failures);
        waitsUntil = System.nanoTime() + wait.toNanos();
        if (!state.equals(what) || !error.equals(Optional.of(why))) {
            LOG.warn("Stream {} keeps its place and tries again in {}: {}", stream, wait, why);
        }
        state = what;
        error = Optional.of(why);
    }

    /** The database took a batch, or there was nothing to take. */
    void goOn() {
        if (failures > 0) {
            LOG.info("Stream {} goes on", stream);
        }
        failures = 0;
        begins();
    }
}
