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
    private static final BackOff AWAY = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final String stream;
    private final StreamMeters meters;
    private boolean paused;
    private Optional<String> stop = Optional.empty();
    private int failures;
    private long waitsUntil = System.nanoTime();
    private boolean hasBegun;
    private Optional<Trouble> waitsFor = Optional.empty();
    private Optional<Trouble> hindered = Optional.empty();

    StreamStanding(String stream, StreamMeters meters) {
        this.stream = stream;
        this.meters = meters;
    }

    /** As an operator sees it. */
    String word() {
        if (stop.isPresent()) {
            return "STOPPED";
        }
        return paused ? "PAUSED" : trouble().map(Trouble::state).orElse(hasBegun ? "RUNNING" : "STARTING");
    }

    /** Why it does not load, if it should. */
    Optional<String> error() {
        return stop.or(() -> trouble().map(Trouble::why));
    }

    private Optional<Trouble> trouble() {
        return waitsFor.or(() -> hindered);
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
        hasBegun = true;
        waitsFor = Optional.empty();
    }

    /** Nothing is loaded for a while. */
    void waitFor(Trouble found) {
        failures++;
        Duration wait = AWAY.after(failures);
        waitsUntil = System.nanoTime() + wait.toNanos();
        if (!waitsFor.equals(Optional.of(found))) {
            LOG.warn("Stream {} keeps its place and tries again in {}: {}", stream, wait, found.why());
        }
        waitsFor = Optional.of(found);
    }

    /** Part of it is not loaded, or not seen, while the rest goes on. Empty where nothing is in its way. */
    void hinderedBy(Optional<Trouble> found) {
        if (!hindered.equals(found)) {
            found.ifPresent(it -> LOG.warn("Stream {} cannot load all of it: {}", stream, it.why()));
        }
        hindered = found;
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
