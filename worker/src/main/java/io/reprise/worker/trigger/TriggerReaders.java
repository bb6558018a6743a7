package io.reprise.worker.trigger;

import io.micrometer.core.instrument.MeterRegistry;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.shared.RecordDecoder;
import io.reprise.catalog.trigger.RecordMapping;
import io.reprise.catalog.trigger.TriggerDefinition;
import io.reprise.db.Ledger;
import io.reprise.db.pipeline.Definition;
import io.reprise.db.pipeline.PipelineRuns;
import io.reprise.db.run.OrderRule;
import io.reprise.db.trigger.TriggerRuns;
import io.reprise.worker.shared.Complaints;
import io.reprise.worker.shared.Rounds;
import io.reprise.worker.shared.Topic;
import io.reprise.worker.shared.Topics;
import io.reprise.workflows.run.StepMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the triggers of the catalog that is applied, and those that every worker has unless the catalog says otherwise under
 * their names: those that appear, change or go are followed while the worker runs.
 */
public final class TriggerReaders implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TriggerReaders.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(8);

    private final Ledger ledger;
    private final String bootstrap;
    private final Topics topics;
    private final Own own;
    private final Runnable accepted;
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<String, TriggerMeters> meters = new ConcurrentHashMap<>();
    private final Map<Reads, TopicReader> readers = new HashMap<>();
    private final Complaints complaints = new Complaints();
    private final Map<String, RecordReader> ownReplays = new HashMap<>();
    private final AskedReplays replays;
    private final Rounds rounds;
    private long seen = -1;

    /** What one consumer reads. */
    private record Reads(String topic, String group) {}

    /**
     * What a worker brings with it.
     *
     * @param triggers that hold unless the catalog has one of their name
     * @param topics that are created where they are missing
     * @param orders how the steps of orders are executed first
     * @param avro makes what reads the records of one trigger that have a contract
     */
    public record Own(
            List<TriggerDefinition> triggers, List<Topic> topics, StepMode orders, Supplier<RecordDecoder> avro) {
        public Own {
            triggers = List.copyOf(triggers);
            topics = List.copyOf(topics);
        }
    }

    private TriggerReaders(
            Ledger ledger,
            String bootstrap,
            Topics topics,
            Own own,
            Runnable accepted,
            MeterRegistry registry,
            InstantSource clock) {
        this.ledger = ledger;
        this.bootstrap = bootstrap;
        this.topics = topics;
        this.own = own;
        this.accepted = accepted;
        this.registry = registry;
        this.clock = clock;
        this.replays = new AskedReplays(ledger, accepted);
        this.rounds = Rounds.start("triggers", GRACE, this::round);
    }

    /**
     * Follows the catalog from now on.
     *
     * @param accepted called after each batch that the ledger took
     */
    public static TriggerReaders follow(
            Ledger ledger,
            String bootstrap,
            Topics topics,
            Own own,
            Runnable accepted,
            MeterRegistry registry,
            InstantSource clock) {
        return new TriggerReaders(ledger, bootstrap, topics, own, accepted, registry, clock);
    }

    private Duration round() {
        long revision = ledger.definitions().revision();
        if (revision != seen && follow()) {
            seen = revision;
        }
        return BETWEEN_LOOKS;
    }

    /** Answers whether every one of them is served as it stands now. */
    private boolean follow() {
        Map<String, TriggerDefinition> wanted = new TreeMap<>();
        own.triggers().forEach(trigger -> wanted.put(trigger.name().value(), trigger));
        ledger.definitions()
                .current(TriggerDefinition.KIND)
                .forEach(it -> wanted.put(it.name(), TriggerDefinition.fromJson(it.text())));
        Map<Reads, List<ServedTrigger>> byReader = new HashMap<>();
        boolean all = true;
        ownReplays.clear();
        for (TriggerDefinition trigger : wanted.values()) {
            Optional<ServedTrigger> served = served(trigger);
            all &= served.isPresent();
            served.ifPresent(it -> byReader.computeIfAbsent(
                            new Reads(trigger.topic(), trigger.group()), any -> new ArrayList<>())
                    .add(it));
        }
        serve(byReader);
        replays.serve(ownReplays);
        ledger.triggers().retire(wanted.keySet());
        return all;
    }

    private Optional<ServedTrigger> served(TriggerDefinition trigger) {
        String name = trigger.name().value();
        try {
            ServedTrigger served = serve(trigger);
            complaints.settled(name);
            return Optional.of(served);
        } catch (IllegalArgumentException unservable) {
            if (complaints.isNews(name, unservable)) {
                LOG.warn("Trigger {} is not served as it stands now, and is tried again", name, unservable);
            }
            return Optional.empty();
        }
    }

    private ServedTrigger serve(TriggerDefinition trigger) {
        String name = trigger.name().value();
        if (trigger.contract().isPresent()) {
            ownReplays.put(name, reader(trigger));
        }
        OrderRule order = OrderRule.of(trigger.order().word());
        Optional<Definition> pipeline =
                trigger.pipeline().flatMap(it -> ledger.definitions().current(PipelineRuns.PIPELINE, it));
        String text = trigger.json();
        return new ServedTrigger(
                name,
                order,
                trigger.startAt(),
                text,
                text + pipeline.map(Definition::hash).orElse(""),
                reader(trigger));
    }

    private RecordReader reader(TriggerDefinition trigger) {
        Optional<Definition> pipeline =
                trigger.pipeline().flatMap(it -> ledger.definitions().current(PipelineRuns.PIPELINE, it));
        RecordMapping mapping = RecordMapping.of(
                trigger,
                pipeline.map(it -> new RecordMapping.Current(it.hash(), PipelineDefinition.fromJson(it.text()))),
                own.orders(),
                clock);
        RecordMapping decoding =
                trigger.contract().isPresent() ? mapping.decodedBy(own.avro().get()) : mapping;
        TriggerRuns runs = new TriggerRuns(
                trigger.name().value(), OrderRule.of(trigger.order().word()));
        return new MappedRecords(decoding, runs, trigger);
    }

    /** Those that go leave their groups before others may join them. */
    private void serve(Map<Reads, List<ServedTrigger>> wanted) {
        List<Reads> gone = readers.keySet().stream()
                .filter(reads -> !wanted.containsKey(reads))
                .toList();
        gone.forEach(reads -> Optional.ofNullable(readers.remove(reads)).ifPresent(TopicReader::close));
        wanted.forEach((reads, triggers) -> {
            TopicReader reader = readers.get(reads);
            if (reader == null) {
                readers.put(reads, start(reads, triggers));
            } else {
                reader.serve(triggers);
            }
        });
    }

    private TopicReader start(Reads reads, List<ServedTrigger> triggers) {
        Optional<Topic> creates = own.topics().stream()
                .filter(topic -> topic.name().equals(reads.topic()))
                .findFirst();
        return TopicReader.start(
                TriggerSettings.of(reads.topic(), reads.group()),
                bootstrap,
                new TopicReader.Kafka(topics, creates),
                ledger,
                accepted,
                name -> meters.computeIfAbsent(name, it -> new TriggerMeters(registry, it)),
                triggers);
    }

    /** Each ends after the batch under way, commits what was accepted and leaves its group at once. */
    @Override
    public void close() {
        rounds.close();
        replays.close();
        List<Thread> ends = readers.values().stream()
                .map(reader -> Thread.ofVirtual().start(reader::close))
                .toList();
        for (Thread end : ends) {
            try {
                end.join();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
