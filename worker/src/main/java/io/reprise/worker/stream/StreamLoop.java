package io.reprise.worker.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.reprise.activities.contract.SchemaSource;
import io.reprise.activities.sql.Sessions;
import io.reprise.activities.stream.Checkpoints;
import io.reprise.activities.stream.Filled;
import io.reprise.activities.stream.Loaded;
import io.reprise.activities.stream.OtherCluster;
import io.reprise.activities.stream.RecordRows;
import io.reprise.activities.stream.StreamLoader;
import io.reprise.activities.stream.StreamLog;
import io.reprise.activities.stream.StreamTables;
import io.reprise.activities.stream.StreamTarget;
import io.reprise.db.Ledger;
import io.reprise.db.stream.StreamState;
import io.reprise.worker.shared.Every;
import io.reprise.worker.shared.KafkaAway;
import io.reprise.worker.shared.Rounds;
import io.reprise.worker.shared.Topics;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads one topic. One thread reads and decodes, another one loads the batch before; no more than two batches are in memory, and
 * while both are full nothing is fetched.
 */
public final class StreamLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamLoop.class);
    private static final Duration GRACE = Duration.ofSeconds(8);
    private static final Duration TO_LEAVE = Duration.ofSeconds(3);
    private static final Duration CALM = Duration.ofMinutes(1);
    private static final Duration WHILE_FULL = Duration.ofMillis(50);

    private final StreamSettings settings;
    private final String bootstrap;
    private final Sessions sessions;
    private final SchemaSource schemas;
    private final Ledger ledger;
    private final Topics topics;
    private final Clock clock;
    private final StreamMeters meters;
    private final StreamStanding standing;
    private final Every control = new Every(Duration.ofSeconds(1));
    private final Every reporting = new Every(Duration.ofSeconds(2));
    private final Rounds rounds;
    private @Nullable OpenStream stream;
    private boolean isOutdated;
    private Instant calmUntil = Instant.MIN;

    private StreamLoop(
            StreamSettings settings,
            String bootstrap,
            Sessions sessions,
            SchemaSource schemas,
            Ledger ledger,
            Topics topics,
            Clock clock,
            MeterRegistry registry) {
        this.settings = settings;
        this.bootstrap = bootstrap;
        this.sessions = sessions;
        this.schemas = schemas;
        this.ledger = ledger;
        this.topics = topics;
        this.clock = clock;
        this.meters = new StreamMeters(registry, settings.name());
        this.standing = new StreamStanding(settings.name(), meters);
        this.rounds = Rounds.start("stream-" + settings.name(), GRACE, this::round);
    }

    /** Starts loading, or waiting for Kafka, the database and the ledger. */
    public static StreamLoop start(
            StreamSettings settings,
            String bootstrap,
            Sessions sessions,
            SchemaSource schemas,
            Ledger ledger,
            Topics topics,
            Clock clock,
            MeterRegistry registry) {
        return new StreamLoop(settings, bootstrap, sessions, schemas, ledger, topics, clock, registry);
    }

    /** Ends after what was read is loaded, as far as that is done in a moment, and leaves the group at once. */
    @Override
    public void close() {
        rounds.close();
        OpenStream open = stream;
        stream = null;
        if (open != null) {
            finish(open);
            open.close();
        }
    }

    private void finish(OpenStream open) {
        try {
            open.loading().ended(TO_LEAVE).ifPresent(ended -> settle(open, ended));
            if (open.loading().isIdle() && isStillTheTopic(open)) {
                open.load();
                open.loading().ended(TO_LEAVE).ifPresent(ended -> settle(open, ended));
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (KafkaException | KafkaAway e) {
            LOG.info("Stream {} leaves what it read to the next: {}", settings.name(), e.toString());
        }
    }

    private Duration round() throws KafkaAway, InterruptedException {
        if (isOutdated) {
            abandon();
        }
        OpenStream open = stream == null ? open() : stream;
        if (open == null) {
            return Duration.ofSeconds(1);
        }
        if (control.isDue()) {
            obey();
        }
        try {
            read(open);
        } catch (KafkaException | KafkaAway e) {
            standing.waitFor("WAITING_FOR_KAFKA", e.toString());
        } catch (SQLException e) {
            standing.waitFor("WAITING_FOR_DATABASE", e.toString());
        } catch (DataAccessException e) {
            standing.waitFor("WAITING_FOR_LEDGER", e.toString());
        } catch (OtherCluster e) {
            standing.waitFor("FAILING", String.valueOf(e.getMessage()));
        }
        if (reporting.isDue()) {
            report(open);
        }
        return Duration.ZERO;
    }

    /** What was polled and did not get into the batch would be passed over: after that, all is read anew. */
    private Optional<Filled.Hindrance> fill(OpenStream open, ConsumerRecords<byte[], byte[]> polled) {
        try {
            return open.fill(polled);
        } catch (RuntimeException | Error failed) {
            isOutdated = true;
            throw failed;
        }
    }

    /** What it reads is not what counts any more. */
    private void abandon() {
        isOutdated = false;
        OpenStream open = stream;
        stream = null;
        if (open != null) {
            open.abandon();
        }
    }

    private void read(OpenStream open) throws SQLException, KafkaAway, InterruptedException {
        if (standing.mayPlace() && open.isQuiet() && !open.reading().unplaced().isEmpty()) {
            place(open);
        }
        boolean mayRead = standing.mayRead();
        ConsumerRecords<byte[], byte[]> polled = open.poll(mayRead);
        Optional<Filled.Hindrance> hindrance = fill(open, polled);
        hindrance.ifPresent(found ->
                standing.waitFor(found.isAway() ? "WAITING_FOR_REGISTRY" : "WAITING_FOR_SCHEMA", found.words()));
        Duration patience = open.isFull() ? WHILE_FULL : Duration.ZERO;
        open.loading().ended(patience).ifPresent(ended -> settle(open, ended));
        if (standing.mayPlace() && open.isDue() && isStillTheTopic(open)) {
            open.load();
        }
    }

    /**
     * A topic that was created again under its name is another one, and nothing that was read since may be loaded as if it were
     * the first: what was read before this answers yes was of the first.
     */
    private boolean isStillTheTopic(OpenStream open) throws KafkaAway, InterruptedException {
        if (topics.id(settings.topic()).equals(open.reading().log().topicId())) {
            return true;
        }
        LOG.warn("Topic {} was created again: it is another log, and loaded from its beginning", settings.topic());
        isOutdated = true;
        return false;
    }

    private void place(OpenStream open) throws SQLException, KafkaAway, InterruptedException {
        StreamState known = ledger.streams().register(settings.name(), settings.topic(), settings.connection());
        Optional<StreamPlacing.Stop> stop = open.placing().place(open.reading(), known, open.reached());
        if (stop.isPresent() && isStillTheTopic(open)) {
            open.placing().stop(stop.get());
            obey();
        }
    }

    private void settle(OpenStream open, Loading.Ended ended) {
        ended.failure().ifPresent(failure -> failed(open, failure));
        ended.outcome().ifPresent(outcome -> settle(open, ended, outcome));
    }

    private void settle(OpenStream open, Loading.Ended ended, Loaded outcome) {
        switch (outcome) {
            case Loaded.Done(int dead) -> {
                meters.loaded(ended.batch().records(), ended.batch().bytes(), dead, ended.took());
                open.loaded(ended.batch());
                standing.goOn();
            }
            case Loaded.Stale(String words) -> {
                LOG.info("Stream {} asks where it stands: {}", settings.name(), words);
                open.startOver();
            }
            case Loaded.Storm(String words) -> {
                open.startOver();
                String reason = words + ". None of them was buried. See what came with: reprise dlq list --trigger "
                        + settings.source() + ", then: reprise stream resume " + settings.name();
                open.placing().stop(new StreamPlacing.Stop(reason, false, Set.of()));
                obey();
            }
        }
    }

    private void failed(OpenStream open, Throwable failure) {
        open.startOver();
        switch (failure) {
            case SQLException away -> standing.waitFor("WAITING_FOR_DATABASE", away.toString());
            case DataAccessException away -> standing.waitFor("WAITING_FOR_LEDGER", away.toString());
            default -> {
                LOG.error("Stream {} could not load a batch and tries again", settings.name(), failure);
                standing.waitFor("FAILING", failure.toString());
            }
        }
    }

    private @Nullable OpenStream open() throws KafkaAway, InterruptedException {
        try {
            StreamState known = ledger.streams().register(settings.name(), settings.topic(), settings.connection());
            standing.obey(known);
            StreamLog log =
                    new StreamLog(topics.clusterId(), settings.topic(), topics.id(settings.topic()), known.logNumber());
            StreamTarget target = settings.target(log);
            if (!madeTables(target, known)) {
                return null;
            }
            OpenStream opened = open(log, target);
            stream = opened;
            standing.begins();
            return opened;
        } catch (SQLException e) {
            return waits("WAITING_FOR_DATABASE", e.toString());
        } catch (DataAccessException e) {
            return waits("WAITING_FOR_LEDGER", e.toString());
        } catch (KafkaAway e) {
            return waits("WAITING_FOR_KAFKA", e.toString());
        } catch (IllegalArgumentException | OtherCluster e) {
            return waits("FAILING", String.valueOf(e.getMessage()));
        }
    }

    private @Nullable OpenStream waits(String what, String why) {
        standing.waitFor(what, why);
        report("[]");
        return null;
    }

    private boolean madeTables(StreamTarget target, StreamState known) throws SQLException {
        StreamTables.Plan plan = new StreamTables(sessions, target).apply();
        if (plan.conflicts().isEmpty()) {
            plan.statements().forEach(text -> LOG.info("Stream {} did: {}", settings.name(), text));
            return true;
        }
        if (known.stopReason().isEmpty()) {
            waits("FAILING", String.join("; ", plan.conflicts()));
        }
        return false;
    }

    private OpenStream open(StreamLog log, StreamTarget target) {
        StreamReading reading =
                StreamReading.open(StreamConsumer.configuration(bootstrap, settings), log, this::finishBeforeLeaving);
        StreamPlacing placing = new StreamPlacing(settings, new Checkpoints(sessions, target, clock), ledger, meters);
        StreamLoader loader = new StreamLoader(
                sessions,
                target,
                new LedgerLetters(ledger.deadLetters(), settings.source(), log),
                settings.storms(),
                calmUntil,
                clock);
        return new OpenStream(
                settings, reading, new RecordRows(target, schemas), placing, new Loading(loader, settings.name()));
    }

    /** Whoever gets the partitions finds them where this one left off. */
    private void finishBeforeLeaving() {
        OpenStream open = stream;
        if (open != null) {
            finish(open);
        }
    }

    private void obey() {
        try {
            Optional<StreamState> known = ledger.streams().byName(settings.name());
            boolean wasStopped = standing.isStopped();
            known.ifPresent(standing::obey);
            if (wasStopped && !standing.isStopped()) {
                calmUntil = clock.instant().plus(CALM);
                isOutdated = true;
            }
            OpenStream open = stream;
            isOutdated |= open != null
                    && known.filter(it -> it.logNumber() != open.reading().log().number())
                            .isPresent();
        } catch (DataAccessException e) {
            LOG.debug("Stream {} could not ask what was decided about it", settings.name(), e);
        }
    }

    private void report(OpenStream open) throws InterruptedException {
        try {
            if (!isStillTheTopic(open)) {
                return;
            }
            StreamLag lag = StreamLag.between(
                    open.placing().checkpoints(), open.reading().logs());
            meters.lag(lag.records(open.reading().assigned()));
            report(lag.json());
        } catch (KafkaException | KafkaAway e) {
            standing.waitFor("WAITING_FOR_KAFKA", e.toString());
            report("[]");
        } catch (SQLException e) {
            standing.waitFor("WAITING_FOR_DATABASE", e.toString());
            report("[]");
        }
    }

    private void report(String lag) {
        try {
            ledger.streams().report(settings.name(), standing.word(), standing.error(), lag);
        } catch (DataAccessException e) {
            LOG.debug("Stream {} could not report its state", settings.name(), e);
        }
    }
}
