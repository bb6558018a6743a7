package io.reprise.worker.stream;

import io.reprise.activities.stream.Filled;
import io.reprise.worker.shared.BackOff;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Partitions whose next record cannot be read today. Each is tried again after a while; the others go on. */
final class HeldPartitions {

    private static final BackOff AGAIN = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(2));

    /** One of them: how often it was tried at this record, and until when it rests. */
    private record Held(Filled.Hindrance hindrance, int tries, long until) {}

    private final Map<Integer, Held> held = new HashMap<>();

    void hold(int partition, Filled.Hindrance found) {
        int tries = 1
                + Optional.ofNullable(held.get(partition))
                        .filter(before -> before.hindrance().offset() == found.offset())
                        .map(Held::tries)
                        .orElse(0);
        held.put(
                partition,
                new Held(found, tries, System.nanoTime() + AGAIN.after(tries).toNanos()));
    }

    void release(int partition) {
        held.remove(partition);
    }

    void keepOnly(Collection<Integer> partitions) {
        held.keySet().retainAll(partitions);
    }

    boolean isHeld(int partition) {
        return held.containsKey(partition);
    }

    /** Those that are not to be tried yet. */
    Set<Integer> resting() {
        long now = System.nanoTime();
        return held.entrySet().stream()
                .filter(entry -> now - entry.getValue().until() < 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** What keeps the first of them. */
    Optional<Filled.Hindrance> first() {
        return held.entrySet().stream()
                .min(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue().hindrance());
    }
}
