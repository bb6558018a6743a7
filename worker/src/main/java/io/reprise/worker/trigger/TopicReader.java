package io.reprise.worker.trigger;

import io.reprise.db.Ledger;
import io.reprise.db.trigger.Subscription;
import io.reprise.worker.shared.Every;
import io.reprise.worker.shared.KafkaAway;
import io.reprise.worker.shared.Rounds;
import io.reprise.worker.shared.Steering;
import io.reprise.worker.shared.Topic;
import io.reprise.worker.shared.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one topic in one consumer group for all triggers that share them. Each has its own place: what one is shown again, the
 * others don't see twice, and one that is paused, stopped or behind keeps no other. A topic that was created again is read
 * from its beginning.
 */
final class TopicReader implements AutoCloseable, TopicConsumer.Assignment {

    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final TriggerSettings settings;
    private final Ledger ledger;
    private final Topics topics;
    private final Optional<Topic> creates;
    private final Runnable accepted;
    private final Function<String, TriggerMeters> meters;
    private final Map<String, Object> configuration;
    private final Every control = new Every(Duration.ofSeconds(1));
    private final Every reporting = new Every(Duration.ofSeconds(2));
    private final Steering steering = new Steering();
    private final Map<String, TriggerLane> lanes = new LinkedHashMap<>();
    private final Rounds rounds;
    private volatile List<ServedTrigger> wanted;
    private List<ServedTrigger> adopted = List.of();
    private @Nullable TopicConsumer consumer;

    private TopicReader(
            TriggerSettings settings,
            String bootstrap,
            Kafka kafka,
            Ledger ledger,
            Runnable accepted,
            Function<String, TriggerMeters> meters,
            List<ServedTrigger> wanted) {
        this.settings = settings;
        this.ledger = ledger;
        this.topics = kafka.topics();
        this.creates = kafka.creates();
        this.accepted = accepted;
        this.meters = meters;
        this.configuration = TriggerConsumer.configuration(bootstrap, settings);
        this.wanted = List.copyOf(wanted);
        this.rounds = Rounds.start("trigger-" + settings.group(), GRACE, this::round);
    }

    /**
     * What it looks topics up with.
     *
     * @param creates how the topic is created where it is missing; the topics of others it waits for
     */
    record Kafka(Topics topics, Optional<Topic> creates) {}

    /**
     * Starts reading, or waiting for Kafka and the ledger.
     *
     * @param accepted called after each batch that the ledger took
     */
    static TopicReader start(
            TriggerSettings settings,
            String bootstrap,
            Kafka kafka,
            Ledger ledger,
            Runnable accepted,
            Function<String, TriggerMeters> meters,
            List<ServedTrigger> wanted) {
        return new TopicReader(settings, bootstrap, kafka, ledger, accepted, meters, wanted);
    }

    /** Serves these from now on, and no others. */
    void serve(List<ServedTrigger> triggers) {
        wanted = List.copyOf(triggers);
    }

    /** Ends after the batch under way, commits what was accepted and leaves the group at once. */
    @Override
    public void close() {
        rounds.close();
        TopicConsumer open = consumer;
        consumer = null;
        if (open != null) {
            open.close();
        }
        lanes.values().forEach(TriggerLane::rest);
    }

    private Duration round() throws KafkaAway, InterruptedException {
        TopicConsumer open = consumer == null ? open() : consumer;
        adopt(open);
        if (control.isDue()) {
            obey(open);
        }
        if (!place(open)) {
            return Duration.ZERO;
        }
        try {
            Map<TopicPartition, Long> from = steering.steer(open, this::places);
            take(open, from, open.poll());
        } catch (KafkaException e) {
            lanes.values().forEach(lane -> lane.waitForKafka(e.toString()));
        }
        if (reporting.isDue()) {
            report(open);
        }
        return Duration.ZERO;
    }

    private NavigableSet<Long> places(TopicPartition partition) {
        NavigableSet<Long> wanted = new TreeSet<>();
        for (TriggerLane lane : lanes.values()) {
            lane.wanted(partition).ifPresent(wanted::add);
        }
        return wanted;
    }

    private TopicConsumer open() throws KafkaAway, InterruptedException {
        List<ServedTrigger> now = wanted;
        Map<ServedTrigger, Subscription> known = new LinkedHashMap<>();
        now.forEach(trigger -> known.put(trigger, register(trigger)));
        try {
            if (creates.isPresent()) {
                topics.ensure(List.of(creates.get()));
            }
            String topicId = currentTopicId();
            lanes.clear();
            known.forEach((trigger, subscription) -> lanes.put(
                    trigger.name(),
                    TriggerLane.open(trigger, subscription, topicId, ledger, meters.apply(trigger.name()))));
            adopted = now;
            TopicConsumer opened = TopicConsumer.open(configuration, settings.topic(), topicId, this);
            consumer = opened;
            return opened;
        } catch (KafkaAway e) {
            now.forEach(trigger -> ledger.triggers()
                    .report(trigger.name(), Standing.WAITING_FOR_KAFKA, Optional.of(e.toString()), "[]"));
            throw e;
        }
    }

    private Subscription register(ServedTrigger trigger) {
        return ledger.triggers().register(trigger.name(), settings.topic(), trigger.order(), trigger.definition());
    }

    private String currentTopicId() throws KafkaAway, InterruptedException {
        return topics.id(settings.topic()).toString();
    }

    /** Follows what the catalog says since. */
    private void adopt(TopicConsumer open) {
        List<ServedTrigger> now = wanted;
        if (now.equals(adopted)) {
            return;
        }
        Map<String, TriggerLane> next = new TreeMap<>();
        for (ServedTrigger trigger : now) {
            next.put(trigger.name(), lane(trigger, open));
        }
        lanes.forEach((name, lane) -> {
            if (!next.containsKey(name)) {
                lane.rest();
            }
        });
        lanes.clear();
        lanes.putAll(next);
        adopted = now;
    }

    private TriggerLane lane(ServedTrigger trigger, TopicConsumer open) {
        TriggerLane before = lanes.get(trigger.name());
        if (before != null && before.served().readsAs(trigger)) {
            return before;
        }
        Subscription known = register(trigger);
        if (before != null) {
            before.become(trigger, open.assigned());
            return before;
        }
        TriggerLane opened = TriggerLane.open(trigger, known, open.topicId(), ledger, meters.apply(trigger.name()));
        opened.assigned(open.assigned());
        return opened;
    }

    /** A ledger that does not answer for one would keep the next waiting as long. */
    private void obey(TopicConsumer open) {
        boolean answers = true;
        for (TriggerLane lane : lanes.values()) {
            if (answers) {
                answers = lane.obey(open.assigned());
            } else {
                lane.waitForLedger("it did not answer for another trigger of the topic");
            }
        }
    }

    /** Answers whether the topic is still the one that is read. */
    private boolean place(TopicConsumer open) throws KafkaAway, InterruptedException {
        for (TriggerLane lane : lanes.values()) {
            steering.forget(lane.unplaced());
            if (!lane.place(open)) {
                if (wasCreatedAgain(open)) {
                    return false;
                }
                lane.stop(open.assigned());
            }
        }
        return true;
    }

    private void take(TopicConsumer open, Map<TopicPartition, Long> from, ConsumerRecords<byte[], byte[]> polled) {
        boolean any = false;
        steering.polled(polled);
        for (Map.Entry<TopicPartition, Long> read : from.entrySet()) {
            TopicPartition partition = read.getKey();
            long to = steering.reached(partition);
            for (TriggerLane lane : lanes.values()) {
                any |= to > read.getValue() && lane.take(partition, polled.records(partition), read.getValue(), to);
            }
        }
        for (TriggerLane lane : lanes.values()) {
            any |= lane.takeDue();
        }
        if (any) {
            accepted.run();
            open.assigned().forEach(partition -> commit(open, partition));
            open.commitLater();
        }
    }

    /** Kafka is told of what all of them have accepted. */
    private void commit(TopicConsumer open, TopicPartition partition) {
        OptionalLong least = OptionalLong.empty();
        for (TriggerLane lane : lanes.values()) {
            OptionalLong position = lane.position(partition);
            if (position.isEmpty()) {
                return;
            }
            least = OptionalLong.of(Math.min(least.orElse(Long.MAX_VALUE), position.getAsLong()));
        }
        least.ifPresent(offset -> open.mayCommit(partition, offset));
    }

    private void report(TopicConsumer open) throws InterruptedException {
        Optional<KafkaView> kafka = Optional.empty();
        try {
            kafka = Optional.of(KafkaView.of(open));
            if (wasCreatedAgain(open)) {
                return;
            }
        } catch (KafkaException | KafkaAway e) {
            lanes.values().forEach(lane -> lane.waitForKafka(e.toString()));
        }
        for (TriggerLane lane : lanes.values()) {
            lane.report(kafka, open.assigned());
        }
    }

    /** A topic that was deleted and created again is another topic. */
    private boolean wasCreatedAgain(TopicConsumer open) throws KafkaAway, InterruptedException {
        if (currentTopicId().equals(open.topicId())) {
            return false;
        }
        LOG.warn("Topic {} was created again: it is read from its beginning", settings.topic());
        consumer = null;
        open.abandon();
        return true;
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        steering.forget(partitions);
        lanes.values().forEach(lane -> lane.assigned(partitions));
    }

    @Override
    public void lost(Collection<TopicPartition> partitions) {
        steering.forget(partitions);
        lanes.values().forEach(lane -> lane.lost(partitions));
    }
}
