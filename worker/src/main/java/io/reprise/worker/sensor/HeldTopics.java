package io.reprise.worker.sensor;

import io.reprise.db.sensor.ReadTopic;
import io.reprise.db.sensor.SensorReading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which topics this worker reads for those that wait: all that no other worker says it reads, as long as Kafka answers it.
 * A worker that does not reach Kafka leaves them to others for a while.
 */
final class HeldTopics {

    private static final Duration LENGTH = Duration.ofSeconds(6);
    private static final Duration RENEWED_BEFORE = Duration.ofSeconds(4);
    private static final Duration LEFT_TO_OTHERS = Duration.ofSeconds(3);

    private final SensorReading ledger;
    private final String worker;
    private final InstantSource clock;
    private final Set<String> held = new TreeSet<>();
    private final Set<String> silent = new HashSet<>();
    private final Map<String, Instant> left = new HashMap<>();

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
        silent.retainAll(held);
        return Set.copyOf(held);
    }

    private boolean isHeld(ReadTopic topic) {
        Optional<Duration> rest = topic.heldUntil().map(until -> Duration.between(clock.instant(), until));
        boolean mine = topic.reader().filter(worker::equals).isPresent();
        boolean isSilent = silent.contains(topic.topic());
        if (rest.isPresent() && rest.get().compareTo(mine && !isSilent ? RENEWED_BEFORE : Duration.ZERO) > 0) {
            return mine;
        }
        if (isSilent) {
            silent.remove(topic.topic());
            left.put(topic.topic(), clock.instant().plus(LEFT_TO_OTHERS));
        }
        return !isLeft(topic.topic()) && ledger.hold(topic.topic(), worker, LENGTH);
    }

    private boolean isLeft(String topic) {
        Instant now = clock.instant();
        left.values().removeIf(until -> !now.isBefore(until));
        return left.containsKey(topic);
    }

    /** Kafka said what there is of the topic. */
    void answered(String topic) {
        silent.remove(topic);
    }

    /** Kafka did not: the topic is not held longer than it is already, unless it does. */
    void unanswered(String topic) {
        silent.add(topic);
    }

    /** Others may read them at once. */
    void release() {
        if (!held.isEmpty()) {
            ledger.release(held, worker);
            held.clear();
        }
    }
}
