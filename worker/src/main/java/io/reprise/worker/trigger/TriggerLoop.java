package io.reprise.worker.trigger;

import io.micrometer.core.instrument.MeterRegistry;
import io.reprise.db.Ledger;
import io.reprise.db.trigger.BatchAccepted;
import io.reprise.db.trigger.Position;
import io.reprise.db.trigger.Subscription;
import io.reprise.db.trigger.TopicLog;
import io.reprise.db.trigger.TriggerBatch;
import io.reprise.worker.deadletter.SourceRecords;
import io.reprise.worker.shared.Every;
import io.reprise.worker.shared.KafkaAway;
import io.reprise.worker.shared.Rounds;
import io.reprise.worker.shared.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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
    private static final Duration GRACE = Duration.ofSeconds(5);

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
    private final Standing standing;
    private final Placing placing;
    private final Rounds rounds;
    private @Nullable Reading reading;

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
        this.standing = new Standing(settings.name(), meters);
        this.placing = new Placing(settings, ledger, meters);
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
        Reading open = reading;
        reading = null;
        if (open != null) {
            open.close();
        }
    }

    private Duration round() throws KafkaAway, InterruptedException {
        Reading open = reading == null ? open() : reading;
        if (control.isDue()) {
            obey(open);
        }
        if (standing.mayPlace() && !open.unplaced().isEmpty()) {
            place(open);
        }
        open.hold(standing.mayRead());
        take(open, poll(open));
        if (reporting.isDue()) {
            report(open);
        }
        return Duration.ZERO;
    }

    private ConsumerRecords<byte[], byte[]> poll(Reading open) {
        try {
            return open.poll();
        } catch (KafkaException e) {
            standing.waitForKafka(e.toString());
            return ConsumerRecords.empty();
        }
    }

    private Reading open() throws KafkaAway, InterruptedException {
        Subscription known =
                ledger.triggers().register(settings.name(), settings.topic().name(), settings.order());
        try {
            topics.ensure(List.of(settings.topic()));
            TopicLog log = new TopicLog(currentTopicId(), known.logNumber());
            ledger.triggerLogs().forgetStopsOutside(settings.name(), log);
            Reading opened = Reading.open(configuration, settings.topic().name(), log);
            reading = opened;
            standing.begins();
            return opened;
        } catch (KafkaAway e) {
            ledger.triggers().report(settings.name(), Standing.WAITING_FOR_KAFKA, Optional.of(e.toString()), "[]");
            throw e;
        }
    }

    private String currentTopicId() throws KafkaAway, InterruptedException {
        return topics.id(settings.topic().name()).toString();
    }

    private void obey(Reading open) {
        try {
            Optional<Subscription> known = ledger.triggers().byName(settings.name());
            standing.obey(
                    known.filter(Subscription::paused).isPresent(),
                    ledger.triggerLogs().stops(settings.name()));
            int number = known.map(Subscription::logNumber).orElse(open.log().number());
            if (number != open.log().number()) {
                open.turnTo(new TopicLog(open.log().topicId(), number));
                LOG.info("Trigger {} takes its topic for log {} from now on", settings.name(), open.log());
            }
            standing.ledgerAnswers();
        } catch (DataAccessException e) {
            standing.waitForLedger(e.toString());
        }
    }

    private void place(Reading open) throws KafkaAway, InterruptedException {
        try {
            boolean agrees = placing.place(open);
            standing.kafkaAnswers();
            if (!agrees && !reopenedForAnotherTopic(open)) {
                placing.stop(open);
                obey(open);
            }
        } catch (DataAccessException e) {
            standing.waitForLedger(e.toString());
        } catch (KafkaException e) {
            standing.waitForKafka(e.toString());
        }
    }

    private void take(Reading open, ConsumerRecords<byte[], byte[]> polled) {
        boolean any = false;
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            if (standing.isWaiting()) {
                open.putBack(partition, records);
                continue;
            }
            List<ConsumerRecord<byte[], byte[]>> fresh = open.fresh(partition, records);
            any |= !fresh.isEmpty() && take(open, partition, fresh);
        }
        if (any) {
            accepted.run();
            open.commitLater();
        }
    }

    private boolean take(Reading open, TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        TriggerBatch batch = batch(open, partition, records);
        try {
            return switch (ledgerTakes.take(batch)) {
                case BatchAccepted.Taken taken -> {
                    open.taken(batch);
                    meters.taken(records.size(), taken.deadLetters());
                    standing.goOn();
                    yield true;
                }
                case BatchAccepted.Stale(OptionalLong position) -> {
                    LOG.info("{} was elsewhere than at {}: {}", batch.source(), batch.from(), position);
                    open.doubt(List.of(partition));
                    yield false;
                }
                case BatchAccepted.LedgerRestored restored -> {
                    standing.waitForAcceptance("ledger-restored: it stands at " + restored.highWater()
                            + ", marks are at " + restored.mark()
                            + "; accept it with: reprise audit --all --accept");
                    open.putBack(partition, records);
                    yield false;
                }
            };
        } catch (DataAccessException e) {
            standing.waitForLedger(e.toString());
            // Part of the batch may have been taken: ask the ledger where to go on.
            open.doubt(List.of(partition));
            return false;
        }
    }

    private TriggerBatch batch(Reading open, TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        String log = open.log().id();
        return new TriggerBatch(
                new TriggerBatch.Source(settings.name(), log, partition.partition()),
                open.position(partition, records),
                records.getLast().offset() + 1,
                records.stream()
                        .map(record -> reader.read(SourceRecords.of(log, record)))
                        .toList());
    }

    private void report(Reading open) throws InterruptedException {
        try {
            String lag = lookAtKafka(open).map(Lag::json).orElse("[]");
            ledger.triggers().report(settings.name(), standing.word(), standing.error(), lag);
        } catch (DataAccessException e) {
            LOG.debug("Trigger {} could not report its state", settings.name(), e);
        }
    }

    /** Goes past what the topic no longer has, or is another topic, and answers what is left to read where Kafka says so. */
    private Optional<Lag> lookAtKafka(Reading open) throws InterruptedException {
        try {
            open.passed(settings.name()).forEach(passed -> take(open, passed));
            Lag lag = lag(open);
            standing.kafkaAnswers();
            reopenedForAnotherTopic(open);
            return Optional.of(lag);
        } catch (KafkaException | KafkaAway e) {
            standing.waitForKafka(e.toString());
            return Optional.empty();
        }
    }

    private Lag lag(Reading open) {
        Map<Integer, Position> positions = ledger.triggers().positions(settings.name(), open.log());
        Lag lag = Lag.between(positions, open.logs());
        meters.lag(lag.records(open.assigned()));
        return lag;
    }

    private void take(Reading open, TriggerBatch passed) {
        if (ledgerTakes.take(passed) instanceof BatchAccepted.Taken) {
            open.taken(passed);
        }
    }

    /** A topic that was deleted and created again is another topic. */
    private boolean reopenedForAnotherTopic(Reading open) throws KafkaAway, InterruptedException {
        if (currentTopicId().equals(open.log().topicId())) {
            return false;
        }
        LOG.warn(
                "Topic {} was created again: it is read from its beginning",
                settings.topic().name());
        reading = null;
        open.abandon();
        return true;
    }
}
