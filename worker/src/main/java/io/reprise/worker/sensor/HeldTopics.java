package io.reprise.worker.sensor;

import io.reprise.db.sensor.ReadTopic;
import io.reprise.db.sensor.SensorReading;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which topics this worker reads for those that wait: all that no other worker says it reads. */
final class HeldTopics {

    private static final Duration LENGTH = Duration.ofSeconds(6);
    private static final Duration RENEWED_BEFORE = Duration.ofSeconds(4);

    private final SensorReading ledger;
    private final String worker;
    private final InstantSource clock;
    private final Set<String> held = new TreeSet<>();

    HeldTopics(SensorReading ledger, String worker, InstantSource clock) {
        this.ledger = ledger;
        this.worker = worker;
        this.clock = clock;
    }

    /** Answers those that are read here now. */
    Set<String> follow() {
        List<ReadTopic> wanted = ledger.topics();
        Set<String> now = new TreeSet<>();
        for (ReadTopic topic : wanted) {
            if (isHeld(topic)) {
                now.add(topic.topic());
            }
        }
        Set<String> done = new TreeSet<>(held);
        done.removeAll(now);
        if (!done.isEmpty()) {
            ledger.release(done, worker);
        }
        held.clear();
        held.addAll(now);
        return Set.copyOf(held);
    }

    private boolean isHeld(ReadTopic topic) {
        Optional<Duration> left = topic.heldUntil().map(until -> Duration.between(clock.instant(), until));
        boolean mine = topic.reader().filter(worker::equals).isPresent();
        if (left.isPresent() && left.get().compareTo(mine ? RENEWED_BEFORE : Duration.ZERO) > 0) {
            return mine;
        }
        return ledger.hold(topic.topic(), worker, LENGTH);
    }

    /** Others may read them at once. */
    void release() {
        if (!held.isEmpty()) {
            ledger.release(held, worker);
            held.clear();
        }
    }
}
