package io.reprise.worker.sensor;

import io.micrometer.core.instrument.MeterRegistry;
import io.reprise.catalog.pipeline.FoundRecord;
import io.reprise.catalog.shared.RecordDecoder;
import io.reprise.db.Ledger;
import io.reprise.db.sensor.OpenSensor;
import io.reprise.db.sensor.SensorReading;
import io.reprise.db.sensor.Sensors;
import io.reprise.db.sensor.Wake;
import io.reprise.worker.shared.Every;
import io.reprise.worker.shared.KafkaAway;
import io.reprise.worker.shared.Rounds;
import io.reprise.worker.shared.Steering;
import io.reprise.worker.shared.Topics;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Reads topics for the steps that wait for their records, as long as any does. */
public final class Sensing implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final String bootstrap;
    private final Topics kafka;
    private final SensorReading ledger;
    private final Sensors sensors;
    private final RecordDecoder avro;
    private final HeldTopics held;
    private final Waking waking;
    private final SensorMeters meters;
    private final Steering steering = new Steering();
    private final Every control = new Every(BETWEEN_LOOKS);
    private final Every asking = new Every(BETWEEN_QUESTIONS);
    private final Every sweeping = new Every(BETWEEN_SWEEPS);
    private final Map<String, WatchedTopic> topics = new TreeMap<>();
    private final Rounds rounds;
    private @Nullable SensorConsumer consumer;

    private Sensing(
            Ledger ledger,
            String bootstrap,
            Topics kafka,
            RecordDecoder avro,
            WorkflowClient temporal,
            String worker,
            MeterRegistry registry,
            InstantSource clock) {
        this.bootstrap = bootstrap;
        this.kafka = kafka;
        this.ledger = ledger.sensorReading();
        this.sensors = ledger.sensors();
        this.avro = avro;
        this.held = new HeldTopics(this.ledger, worker, clock);
        this.waking = new Waking(this.ledger, temporal);
        this.meters = new SensorMeters(registry);
        this.rounds = Rounds.start("sensors", GRACE, this::round);
    }

    /**
     * Starts.
     *
     * @param avro reads the records of contracts; for one thread
     */
    public static Sensing start(
            Ledger ledger,
            String bootstrap,
            Topics kafka,
            RecordDecoder avro,
            WorkflowClient temporal,
            String worker,
            MeterRegistry registry,
            InstantSource clock) {
        return new Sensing(ledger, bootstrap, kafka, avro, temporal, worker, registry, clock);
    }

    private Duration round() throws InterruptedException {
        if (control.isDue()) {
            follow();
        }
        SensorConsumer open = consumer;
        if (open == null || open.assigned().isEmpty()) {
            return BETWEEN_LOOKS;
        }
        Map<TopicPartition, Long> from = steering.steer(open, this::places);
        take(from, poll(open));
        return Duration.ZERO;
    }

    private ConsumerRecords<byte[], byte[]> poll(SensorConsumer open) {
        try {
            return open.poll(this::forget);
        } catch (KafkaException e) {
            for (String name : Blame.topics(e, open.assigned())) {
                Optional.ofNullable(topics.get(name))
                        .ifPresent(topic -> topic.cannotBeRead("the topic " + name + " cannot be read: " + e));
            }
            assign(open);
            return ConsumerRecords.empty();
        }
    }

    private void follow() throws InterruptedException {
        waking.wakeLeftBehind();
        if (sweeping.isDue()) {
            sensors.forgetEnded();
        }
        Set<String> now = held.follow();
        topics.keySet().retainAll(now);
        now.forEach(name -> topics.computeIfAbsent(name, it -> new WatchedTopic(it, ledger, meters))
                .follow());
        meters.open(topics.values().stream().mapToInt(WatchedTopic::waits).sum());
        if (topics.isEmpty()) {
            rest();
            return;
        }
        ask();
        topics.values().forEach(WatchedTopic::tell);
    }

    private SensorConsumer open() {
        SensorConsumer opened = SensorConsumer.open(bootstrap);
        consumer = opened;
        return opened;
    }

    private void rest() {
        SensorConsumer open = consumer;
        consumer = null;
        if (open != null) {
            steering.forget(open.assigned());
            open.close();
        }
    }

    private void ask() throws InterruptedException {
        boolean all = asking.isDue();
        for (Map.Entry<String, WatchedTopic> topic : topics.entrySet()) {
            if (all || topic.getValue().partitions().isEmpty()) {
                ask(topic.getKey(), topic.getValue());
            }
        }
        SensorConsumer open = consumer == null ? open() : consumer;
        topics.values().forEach(topic -> topic.place(open));
        assign(open);
    }

    /** A topic of which nobody knows where to read it, or that cannot be read, keeps no other. */
    private void assign(SensorConsumer open) {
        Map<TopicPartition, Long> readable = new HashMap<>();
        topics.values().forEach(topic -> readable.putAll(topic.readable()));
        steering.forget(open.have(readable));
    }

    private void ask(String name, WatchedTopic topic) throws InterruptedException {
        try {
            Topics.Partitions found = kafka.partitions(name);
            held.answered(name);
            if (topic.is(found.topicId(), found.partitions())) {
                rest();
            }
        } catch (KafkaAway away) {
            if (away.getCause() instanceof UnknownTopicOrPartitionException) {
                held.answered(name);
                topic.isMissing("the topic " + name + " is not there");
            } else {
                held.unanswered(name);
                topic.hinder("Kafka does not answer: " + away.getMessage());
            }
        }
    }

    private NavigableSet<Long> places(TopicPartition partition) {
        WatchedTopic topic = topics.get(partition.topic());
        return topic == null ? new TreeSet<>() : topic.places(partition);
    }

    private void forget(Collection<TopicPartition> gone) {
        steering.forget(gone);
        topics.values().forEach(topic -> topic.forget(gone));
    }

    private void take(Map<TopicPartition, Long> from, ConsumerRecords<byte[], byte[]> polled) {
        steering.polled(polled);
        from.forEach((partition, start) -> {
            long to = steering.reached(partition);
            WatchedTopic topic = topics.get(partition.topic());
            if (topic != null && to > start) {
                topic.take(partition, polled.records(partition), start, to, avro, this::answer);
            }
        });
    }

    /** The ledger has it before the run is told. */
    private void answer(OpenSensor sensor, FoundRecord found) {
        if (ledger.answer(sensor.id(), found.json())) {
            meters.answered();
            waking.wake(new Wake(sensor.id(), sensor.workflowId()));
        }
    }

    @Override
    public void close() {
        rounds.close();
        waking.close();
        rest();
        held.release();
    }
}
