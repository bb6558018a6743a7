package io.reprise.worker.sensor;

import io.reprise.catalog.pipeline.FoundRecord;
import io.reprise.catalog.shared.RecordDecoder;
import io.reprise.db.sensor.OpenSensor;
import io.reprise.db.sensor.SensorId;
import io.reprise.db.sensor.SensorPlace;
import io.reprise.db.sensor.SensorReading;
import io.reprise.worker.shared.PartitionLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A topic that this worker reads for all steps that wait for a record of it. */
final class WatchedTopic {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedTopic.class);

    private final String name;
    private final SensorReading ledger;
    private final SensorMeters meters;
    private final Map<SensorId, Look> looks = new LinkedHashMap<>();
    private final Setback placing = new Setback();
    private final Setback reading = new Setback();
    private String topicId = "";
    private Set<TopicPartition> partitions = Set.of();

    WatchedTopic(String name, SensorReading ledger, SensorMeters meters) {
        this.name = name;
        this.ledger = ledger;
        this.meters = meters;
    }

    /** Learns who waits now. */
    void follow() {
        Set<SensorId> open = ledger.openOf(name);
        looks.keySet().retainAll(open);
        Set<SensorId> unknown = new HashSet<>(open);
        unknown.removeAll(looks.keySet());
        if (!unknown.isEmpty()) {
            ledger.read(unknown).forEach(sensor -> looks.put(sensor.id(), new Look(sensor)));
        }
    }

    int waits() {
        return looks.size();
    }

    Set<TopicPartition> partitions() {
        return partitions;
    }

    /**
     * Kafka has the topic, as it is now. Answers whether it was created again: then it is another, and all of it counts that is
     * not too old.
     */
    boolean is(String found, Collection<TopicPartition> has) {
        boolean again = !topicId.isEmpty() && !found.equals(topicId);
        if (again) {
            LOG.warn("Topic {} was created again: {} waiting steps look through it anew", name, looks.size());
            looks.values().forEach(look -> {
                look.forget(partitions);
                look.misses(createdAgain(look.sensor()));
            });
        }
        topicId = found;
        partitions = Set.copyOf(has);
        looks.values().forEach(this::say);
        return again;
    }

    private void say(Look look) {
        boolean placed = look.unplaced(partitions).isEmpty();
        reading.words().or(() -> placing.words().filter(any -> !placed)).ifPresentOrElse(look::hinder, look::goOn);
    }

    /** Nothing is read of it for now. */
    void isMissing(String words) {
        looks.values().forEach(look -> {
            look.forget(partitions);
            look.hinder(words);
        });
        partitions = Set.of();
    }

    void hinder(String words) {
        looks.values().forEach(look -> look.hinder(words));
    }

    /** It cannot be read: the other topics are read without it. */
    void cannotBeRead(String words) {
        if (reading.happens(words)) {
            LOG.warn("Topic {} is read again later, and {} steps wait for it: {}", name, looks.size(), words);
        }
        hinder(words);
    }

    /** Finds for each the offset from which on it looks. */
    void place(SensorConsumer consumer) {
        if (placing.lasts()) {
            return;
        }
        try {
            for (Look look : looks.values()) {
                Set<TopicPartition> unplaced = look.unplaced(partitions);
                if (!unplaced.isEmpty()) {
                    place(look, consumer, consumer.logs(unplaced));
                }
            }
        } catch (KafkaException e) {
            placing.happens("Kafka does not answer: " + e.getMessage());
            looks.values().forEach(this::say);
        }
    }

    /** The partitions that can be read now, each with where somebody looks on. */
    Map<TopicPartition, Long> readable() {
        Map<TopicPartition, Long> readable = new HashMap<>();
        if (!reading.lasts()) {
            for (TopicPartition partition : partitions) {
                looks.values()
                        .forEach(look -> look.place(partition)
                                .ifPresent(offset -> readable.merge(partition, offset, Math::min)));
            }
        }
        return readable;
    }

    private void place(Look look, SensorConsumer consumer, Map<TopicPartition, PartitionLog> logs) {
        if (look.knowsOtherThan(topicId)) {
            look.misses(createdAgain(look.sensor()));
        }
        Map<TopicPartition, Long> since = consumer.offsetsAt(look.sensor().since(), logs);
        logs.forEach((partition, log) -> {
            long first = since.getOrDefault(partition, log.end());
            OptionalLong kept = look.keptPlace(topicId, partition);
            look.place(
                    partition,
                    kept.isPresent()
                            ? goOn(look, partition, log, kept.getAsLong(), first)
                            : begin(look, partition, log, first));
        });
    }

    private static long begin(Look look, TopicPartition partition, PartitionLog log, long first) {
        if (log.start() > 0 && first == log.start() && log.end() > first) {
            look.misses("Kafka no longer has what was in partition " + partition.partition() + " before offset "
                    + log.start() + ", and some of it may have come since "
                    + look.sensor().since());
        }
        return first;
    }

    private static long goOn(Look look, TopicPartition partition, PartitionLog log, long kept, long first) {
        return switch (log.of(kept, OptionalLong.empty())) {
            case PartitionLog.Verdict.GoesOn(long from) -> from;
            case PartitionLog.Verdict.Lost(long from, long to) -> {
                look.misses("Kafka deleted offsets " + from + " to " + (to - 1) + " of partition "
                        + partition.partition() + " before they were looked at");
                yield to;
            }
            case PartitionLog.Verdict.Contradicts(String why) -> {
                look.misses("partition " + partition.partition() + " is looked through anew since "
                        + look.sensor().since() + ": " + why);
                yield first;
            }
        };
    }

    private String createdAgain(OpenSensor sensor) {
        return name + " was deleted and created again: the new one is looked through since " + sensor.since();
    }

    void forget(Collection<TopicPartition> gone) {
        looks.values().forEach(look -> look.forget(gone));
    }

    NavigableSet<Long> places(TopicPartition partition) {
        NavigableSet<Long> places = new TreeSet<>();
        looks.values().forEach(look -> look.wanted(partition).ifPresent(places::add));
        return places;
    }

    /**
     * Looks through what was read between two offsets.
     *
     * @param found hears of each step that was answered by it
     */
    void take(
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> records,
            long from,
            long to,
            RecordDecoder avro,
            BiConsumer<OpenSensor, FoundRecord> found) {
        List<ReadValue> read = records.stream()
                .map(record -> new ReadValue(topicId, record, avro))
                .toList();
        for (Look look : new ArrayList<>(looks.values())) {
            look.through(partition, read, from, to).ifPresent(record -> {
                found.accept(look.sensor(), record);
                looks.remove(look.sensor().id());
            });
        }
    }

    /** Keeps where it is, and says what there is to say. */
    void tell() {
        for (Look look : looks.values()) {
            SensorId id = look.sensor().id();
            for (TopicPartition partition : partitions) {
                look.toKeep(partition).ifPresent(offset -> {
                    ledger.place(id, new SensorPlace(topicId, partition.partition()), offset);
                    look.isKept(partition, offset);
                });
            }
            long unreadable = look.takeUnreadable();
            if (unreadable > 0) {
                ledger.passed(id, unreadable);
                meters.passed(unreadable);
            }
            Look.Note news = look.news();
            if (news != null) {
                news.words().ifPresentOrElse(words -> ledger.note(id, words), () -> ledger.clear(id));
            }
        }
    }
}
