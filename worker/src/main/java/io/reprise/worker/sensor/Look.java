package io.reprise.worker.sensor;

import io.reprise.catalog.pipeline.AwaitedRecord;
import io.reprise.catalog.pipeline.FoundRecord;
import io.reprise.db.sensor.OpenSensor;
import io.reprise.db.sensor.SensorPlace;
import io.reprise.worker.shared.Held;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One step that waits: how far each partition was looked through for it, and what there is to say of it. */
final class Look {

    private static final int ATTEMPTS = 5;

    /** So many records are read again at most where another worker takes over. */
    private static final long KEPT_EVERY = 500;

    private final OpenSensor sensor;
    private final AwaitedRecord wanted;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<TopicPartition, Long> kept = new HashMap<>();
    private final Map<TopicPartition, String> unclear = new HashMap<>();
    private final Held held = new Held();
    private Optional<String> missed = Optional.empty();
    private Optional<String> hindrance = Optional.empty();
    private Optional<String> said = Optional.empty();
    private long unreadable;

    Look(OpenSensor sensor) {
        this.sensor = sensor;
        this.wanted = AwaitedRecord.fromJson(sensor.wanted());
    }

    OpenSensor sensor() {
        return sensor;
    }

    /** Where it goes on in that partition of that topic, as far as that was kept. */
    OptionalLong keptPlace(String topicId, TopicPartition partition) {
        Long offset = sensor.places().get(new SensorPlace(topicId, partition.partition()));
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** Whether it was looked for in a topic of that name that is gone. */
    boolean knowsOtherThan(String topicId) {
        return sensor.places().keySet().stream()
                .anyMatch(place -> !place.topicId().equals(topicId));
    }

    Set<TopicPartition> unplaced(Collection<TopicPartition> partitions) {
        Set<TopicPartition> unplaced = new HashSet<>(partitions);
        unplaced.removeAll(next.keySet());
        return unplaced;
    }

    void place(TopicPartition partition, long offset) {
        next.put(partition, offset);
    }

    Optional<Long> place(TopicPartition partition) {
        return Optional.ofNullable(next.get(partition));
    }

    void forget(Collection<TopicPartition> partitions) {
        next.keySet().removeAll(partitions);
        kept.keySet().removeAll(partitions);
        unclear.keySet().removeAll(partitions);
        held.letGo(partitions);
    }

    /** Where the partition is to be read on for it. */
    OptionalLong wanted(TopicPartition partition) {
        Long offset = next.get(partition);
        return offset == null || held.isHeld(partition) ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** Looks through what was read between two offsets, where that is where it stands. Answers what it waited for. */
    Optional<FoundRecord> through(TopicPartition partition, List<ReadValue> read, long from, long to) {
        long at = wanted(partition).orElse(-1);
        if (at < from || at >= to) {
            return Optional.empty();
        }
        for (ReadValue value : read) {
            if (value.offset() < at) {
                continue;
            }
            switch (value.heldAgainst(wanted)) {
                case ReadValue.Verdict.Found(FoundRecord found) -> {
                    return Optional.of(found);
                }
                case ReadValue.Verdict.Other _ -> {}
                case ReadValue.Verdict.Unreadable _ -> unreadable++;
                case ReadValue.Verdict.NotYet notYet -> {
                    if (waits(partition, value, notYet)) {
                        return Optional.empty();
                    }
                    unreadable++;
                }
            }
        }
        held.letGo(List.of(partition));
        unclear.remove(partition);
        next.put(partition, to);
        return Optional.empty();
    }

    /** Answers whether the record is looked at again later: as long as nobody answers, or some more times. */
    private boolean waits(TopicPartition partition, ReadValue value, ReadValue.Verdict.NotYet notYet) {
        next.put(partition, value.offset());
        unclear.put(partition, notYet.words());
        if (notYet.away()) {
            held.holdUnanswered(partition, value.offset());
            return true;
        }
        return held.hold(partition, value.offset()) < ATTEMPTS;
    }

    /** The place that is to be kept now, if it is. */
    OptionalLong toKeep(TopicPartition partition) {
        Long at = next.get(partition);
        if (at == null) {
            return OptionalLong.empty();
        }
        Long before = kept.get(partition);
        return before == null || at - before >= KEPT_EVERY ? OptionalLong.of(at) : OptionalLong.empty();
    }

    void isKept(TopicPartition partition, long offset) {
        kept.put(partition, offset);
    }

    /** Answers how many records could not be read since this was asked last. */
    long takeUnreadable() {
        long taken = unreadable;
        unreadable = 0;
        return taken;
    }

    /** What it may have missed stays said. */
    void misses(String words) {
        missed = Optional.of(words);
    }

    /** Kafka keeps it from being looked for. */
    void hinder(String words) {
        hindrance = Optional.of(words);
    }

    void goOn() {
        hindrance = Optional.empty();
    }

    /** What is to be said of it, where that is news. */
    @Nullable
    Note news() {
        Optional<String> now = hindrance
                .or(() -> unclear.values().stream().sorted().findFirst())
                .map(words -> words + missed.map(it -> "; " + it).orElse(""))
                .or(() -> missed);
        if (now.equals(said)) {
            return null;
        }
        said = now;
        return new Note(now);
    }

    record Note(Optional<String> words) {}
}
