package io.reprise.worker.trigger;

import io.micrometer.core.instrument.MeterRegistry;
import io.reprise.db.Ledger;
import io.reprise.db.trigger.BatchAccepted;
import io.reprise.db.trigger.Subscription;
import io.reprise.db.trigger.TriggerBatch;
import io.reprise.db.trigger.TriggerRecord;
import io.reprise.worker.shared.BackOff;
import io.reprise.worker.shared.Every;
import io.reprise.worker.shared.KafkaAway;
import io.reprise.worker.shared.Rounds;
import io.reprise.worker.shared.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one topic into the ledger. Where to read is the ledger's word, not the broker's: the position moves in the
 * transaction that accepts the records before it, so a consumer that lost its partition without knowing comes too late,
 * and a topic that was created again is read from its beginning.
 */
public final class TriggerLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TriggerLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final BackOff LEDGER_AWAY = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final TriggerSettings settings;
    private final Ledger ledger;
    private final Topics topics;
    private final RecordReader reader;
    private final Runnable accepted;
    private final TriggerMeters meters;
    private final BatchTaking ledgerTakes;
    private final Map<String, Object> configuration;
    private final Every control = new Every(Duration.ofSeconds(1));
    private final Every reporting = new Every(Duration.ofSeconds(2));
    private final Set<TopicPartition> unplaced = new HashSet<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
    private final Rounds rounds;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private String topicId = "";
    private boolean pausedByOperator;
    private int failures;
    private long waitsUntil = System.nanoTime();
    private String state = "STARTING";
    private Optional<String> lastError = Optional.empty();

    private TriggerLoop(
            TriggerSettings settings,
            String bootstrap,
            Ledger ledger,
            Topics topics,
            RecordReader reader,
            Runnable accepted,
            MeterRegistry registry) {
        this.settings = settings;
        this.ledger = ledger;
        this.topics = topics;
        this.reader = reader;
        this.accepted = accepted;
        this.meters = new TriggerMeters(registry, settings.name());
        this.ledgerTakes = new BatchTaking(ledger.triggerAcceptance());
        this.configuration = TriggerConsumer.configuration(bootstrap, settings);
        this.rounds = Rounds.start("trigger-" + settings.name(), GRACE, this::round);
    }

    /**
     * Starts reading, or waiting for Kafka and the ledger.
     *
     * @param accepted called after each batch that the ledger took
     */
    public static TriggerLoop start(
            TriggerSettings settings,
            String bootstrap,
            Ledger ledger,
            Topics topics,
            RecordReader reader,
            Runnable accepted,
            MeterRegistry registry) {
        return new TriggerLoop(settings, bootstrap, ledger, topics, reader, accepted, registry);
    }

    /** Ends after the batch under way, commits what was accepted and leaves the group at once. */
    @Override
    public void close() {
        rounds.close();
        KafkaConsumer<byte[], byte[]> open = consumer;
        consumer = null;
        if (open != null) {
            commit(open, uncommitted);
            open.close(CloseOptions.timeout(PATIENCE));
        }
    }

    private Duration round() throws KafkaAway, InterruptedException {
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open == null) {
            open = open();
        }
        if (control.isDue()) {
            obeyOperator();
        }
        place(open);
        hold(open);
        take(open, open.poll(POLL));
        if (reporting.isDue()) {
            report(open);
        }
        return Duration.ZERO;
    }

    private KafkaConsumer<byte[], byte[]> open() throws KafkaAway, InterruptedException {
        ledger.triggers().register(settings.name(), settings.topic().name(), settings.order());
        try {
            topics.ensure(List.of(settings.topic()));
            topicId = currentTopicId();
        } catch (KafkaAway e) {
            ledger.triggers().report(settings.name(), "WAITING_FOR_KAFKA", Optional.of(e.toString()), "[]");
            throw e;
        }
        KafkaConsumer<byte[], byte[]> opened = new KafkaConsumer<>(configuration);
        consumer = opened;
        opened.subscribe(List.of(settings.topic().name()), new Ownership(opened));
        state = "RUNNING";
        return opened;
    }

    private String currentTopicId() throws KafkaAway, InterruptedException {
        return topics.id(settings.topic().name()).toString();
    }

    private void obeyOperator() {
        try {
            boolean paused = ledger.triggers()
                    .byName(settings.name())
                    .map(Subscription::paused)
                    .orElse(false);
            if (paused != pausedByOperator) {
                LOG.info("Trigger {} is {} by an operator", settings.name(), paused ? "paused" : "resumed");
                pausedByOperator = paused;
            }
        } catch (DataAccessException e) {
            waitForLedger(e.toString());
        }
    }

    /** Goes to where the ledger says that reading goes on, in every partition that was newly assigned. */
    private void place(KafkaConsumer<byte[], byte[]> open) {
        if (unplaced.isEmpty() || isWaiting()) {
            return;
        }
        try {
            Map<Integer, Long> known = ledger.triggers().positions(settings.name(), topicId);
            for (TopicPartition partition : unplaced) {
                Long position = known.get(partition.partition());
                if (position == null) {
                    open.seekToBeginning(List.of(partition));
                    positions.remove(partition);
                } else {
                    open.seek(partition, position);
                    positions.put(partition, position);
                }
            }
            unplaced.clear();
        } catch (DataAccessException e) {
            waitForLedger(e.toString());
        }
    }

    /** A consumer that reads nothing still polls, or the group would take its partitions away. */
    private void hold(KafkaConsumer<byte[], byte[]> open) {
        Set<TopicPartition> held = new HashSet<>(open.assignment());
        Set<TopicPartition> read = new HashSet<>();
        if (!pausedByOperator && !isWaiting()) {
            held.retainAll(unplaced);
            read.addAll(open.assignment());
            read.removeAll(unplaced);
        }
        open.pause(held);
        open.resume(read);
    }

    private void take(KafkaConsumer<byte[], byte[]> open, ConsumerRecords<byte[], byte[]> polled) {
        boolean any = false;
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            if (isWaiting()) {
                open.seek(partition, records.getFirst().offset());
            } else {
                any |= take(open, partition, records);
            }
        }
        if (any) {
            accepted.run();
            open.commitAsync(Map.copyOf(uncommitted), (offsets, failed) -> {
                if (failed == null) {
                    uncommitted.entrySet().removeAll(offsets.entrySet());
                }
            });
        }
    }

    private boolean take(
            KafkaConsumer<byte[], byte[]> open,
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> records) {
        TriggerBatch batch = read(partition, records);
        try {
            return switch (ledgerTakes.take(batch)) {
                case BatchAccepted.Taken taken -> {
                    positions.put(partition, batch.next());
                    uncommitted.put(partition, new OffsetAndMetadata(batch.next()));
                    meters.taken(records.size(), taken.deadLetters());
                    goOn();
                    yield true;
                }
                case BatchAccepted.Stale(OptionalLong position) -> {
                    LOG.info(
                            "Trigger {} was elsewhere in {} than {}: {}",
                            settings.name(),
                            partition,
                            batch.from(),
                            position);
                    unplaced.add(partition);
                    yield false;
                }
                case BatchAccepted.LedgerRestored restored -> {
                    waitForLedger("ledger-restored: it stands at " + restored.highWater() + ", marks are at "
                            + restored.mark() + "; accept it with: reprise audit --all --accept");
                    state = "LEDGER_RESTORED";
                    open.seek(partition, records.getFirst().offset());
                    yield false;
                }
            };
        } catch (DataAccessException e) {
            waitForLedger(e.toString());
            // Part of the batch may have been taken: ask the ledger where to go on.
            unplaced.add(partition);
            return false;
        }
    }

    private TriggerBatch read(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        List<TriggerRecord> read = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            read.add(reader.read(SourceRecords.of(topicId, record)));
        }
        long from = positions.getOrDefault(partition, records.getFirst().offset());
        return new TriggerBatch(
                new TriggerBatch.Source(settings.name(), topicId, partition.partition()),
                from,
                records.getLast().offset() + 1,
                read);
    }

    private boolean isWaiting() {
        return System.nanoTime() - waitsUntil < 0;
    }

    private void waitForLedger(String error) {
        failures++;
        Duration wait = LEDGER_AWAY.after(failures);
        waitsUntil = System.nanoTime() + wait.toNanos();
        state = "WAITING_FOR_LEDGER";
        lastError = Optional.of(error);
        meters.putBack();
        LOG.warn("Trigger {} keeps its place and tries the ledger again in {}: {}", settings.name(), wait, error);
    }

    private void goOn() {
        if (failures > 0) {
            LOG.info("Trigger {} goes on: the ledger takes its records again", settings.name());
        }
        failures = 0;
        state = "RUNNING";
        lastError = Optional.empty();
    }

    private void report(KafkaConsumer<byte[], byte[]> open) throws KafkaAway, InterruptedException {
        try {
            Lag lag = lag(open);
            meters.lag(lag.records(
                    open.assignment().stream().map(TopicPartition::partition).collect(Collectors.toSet())));
            ledger.triggers().report(settings.name(), pausedByOperator ? "PAUSED" : state, lastError, lag.json());
            if (!currentTopicId().equals(topicId)) {
                LOG.warn(
                        "Topic {} was created again: it is read from its beginning",
                        settings.topic().name());
                consumer = null;
                uncommitted.clear();
                open.close(CloseOptions.timeout(PATIENCE));
            }
        } catch (DataAccessException | KafkaException | KafkaAway e) {
            LOG.debug("Trigger {} could not report its state", settings.name(), e);
        }
    }

    private Lag lag(KafkaConsumer<byte[], byte[]> open) {
        List<TopicPartition> all = open.partitionsFor(settings.topic().name(), PATIENCE).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        Map<TopicPartition, Long> ends = open.endOffsets(all, PATIENCE);
        Map<TopicPartition, Long> beginnings = open.beginningOffsets(all, PATIENCE);
        Map<Integer, Long> known = ledger.triggers().positions(settings.name(), topicId);
        return new Lag(all.stream()
                .map(partition -> {
                    long beginning = beginnings.getOrDefault(partition, 0L);
                    long position = known.getOrDefault(partition.partition(), beginning);
                    return new Lag.OfPartition(partition.partition(), position, ends.getOrDefault(partition, position));
                })
                .toList());
    }

    private void commit(KafkaConsumer<byte[], byte[]> open, Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (offsets.isEmpty()) {
            return;
        }
        try {
            open.commitSync(offsets, PATIENCE);
            uncommitted.entrySet().removeAll(Map.copyOf(offsets).entrySet());
        } catch (KafkaException e) {
            LOG.info(
                    "Trigger {} could not commit its offsets, which the ledger has anyway: {}",
                    settings.name(),
                    e.toString());
        }
    }

    /** What this consumer believes to own; the ledger's position decides. */
    private final class Ownership implements ConsumerRebalanceListener {

        private final KafkaConsumer<byte[], byte[]> open;

        Ownership(KafkaConsumer<byte[], byte[]> open) {
            this.open = open;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            unplaced.addAll(partitions);
            open.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            Map<TopicPartition, OffsetAndMetadata> last = new HashMap<>(uncommitted);
            last.keySet().retainAll(partitions);
            commit(open, last);
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            unplaced.removeAll(partitions);
            positions.keySet().removeAll(partitions);
            uncommitted.keySet().removeAll(partitions);
        }
    }
}
