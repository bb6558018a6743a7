package io.reprise.worker.stream;

import io.reprise.activities.sql.Sessions;
import io.reprise.activities.stream.Loaded;
import io.reprise.activities.stream.OtherCluster;
import io.reprise.db.stream.StreamState;
import io.reprise.worker.shared.Every;
import io.reprise.worker.shared.KafkaAway;
import io.reprise.worker.shared.Rounds;
import java.sql.SQLException;
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
    private final StreamSurroundings around;
    private final StreamMeters meters;
    private final StreamStanding standing;
    private final StreamOpening opening;
    private final StreamReport report;
    private final Every control = new Every(Duration.ofSeconds(1));
    private final Every reporting = new Every(Duration.ofSeconds(2));
    private final Rounds rounds;
    private @Nullable OpenStream stream;
    private boolean isOutdated;
    private Instant calmUntil = Instant.MIN;

    private StreamLoop(StreamSettings settings, StreamSurroundings around, Sessions sessions) {
        this.settings = settings;
        this.around = around;
        this.meters = new StreamMeters(around.registry(), settings.name());
        this.standing = new StreamStanding(settings.name(), meters);
        this.opening = new StreamOpening(settings, around, sessions, meters, standing);
        this.report = new StreamReport(settings.name(), around.ledger().streams(), standing, meters);
        this.rounds = Rounds.start("stream-" + settings.name(), GRACE, this::round);
    }

    /** Starts loading, or waiting for Kafka, the database and the ledger. */
    public static StreamLoop start(StreamSettings settings, StreamSurroundings around, Sessions sessions) {
        return new StreamLoop(settings, around, sessions);
    }

    /** Ends after what was read is loaded, as far as that is done in a moment, and leaves the group at once. */
    @Override
    public void close() {
        rounds.close();
        OpenStream open = stream;
        stream = null;
        try (meters;
                open) {
            if (open != null) {
                finish(open);
            }
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
        } catch (KafkaException | KafkaAway | DataAccessException e) {
            LOG.info("Stream {} leaves what it read to the next: {}", settings.name(), e.toString());
        }
    }

    private Duration round() throws InterruptedException {
        if (isOutdated) {
            abandon();
        }
        if (stream == null) {
            stream = opening.open(calmUntil, this::finishBeforeLeaving).orElse(null);
        }
        OpenStream open = stream;
        if (open == null) {
            report.write();
            return Duration.ofSeconds(1);
        }
        if (control.isDue()) {
            obey();
        }
        if (isOutdated) {
            return Duration.ZERO;
        }
        try {
            read(open);
        } catch (KafkaException | KafkaAway e) {
            standing.waitFor(Trouble.kafka(e));
        } catch (SQLException e) {
            standing.waitFor(Trouble.database(e));
        } catch (DataAccessException e) {
            standing.waitFor(Trouble.ledger(e));
        } catch (OtherCluster e) {
            standing.waitFor(Trouble.failing(String.valueOf(e.getMessage())));
        }
        if (reporting.isDue()) {
            report(open);
        }
        return Duration.ZERO;
    }

    /** What was polled and did not get into the batch would be passed over: after that, all is read anew. */
    private void fill(OpenStream open, ConsumerRecords<byte[], byte[]> polled) {
        try {
            open.fill(polled);
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
        if (standing.mayPlace() && open.isQuiet() && open.isToBePlaced()) {
            place(open);
        }
        fill(open, open.poll(standing.mayRead()));
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
        if (around.topics().id(settings.topic()).equals(open.reading().log().topicId())) {
            return true;
        }
        LOG.warn("Topic {} was created again: it is another log, and loaded from its beginning", settings.topic());
        isOutdated = true;
        return false;
    }

    private void place(OpenStream open) throws SQLException, KafkaAway, InterruptedException {
        Optional<StreamPlacing.Stop> stop = open.placing().place(open.reading(), opening.registered(), open.reached());
        open.placed();
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
                String reason = words + ". See what came with: reprise dlq list --trigger " + settings.source()
                        + ", then: reprise stream resume " + settings.name();
                open.placing().stop(new StreamPlacing.Stop(reason, false, Set.of()));
                obey();
            }
        }
    }

    private void failed(OpenStream open, Throwable failure) {
        open.startOver();
        switch (failure) {
            case SQLException refused -> {
                isOutdated |= hasOtherTables(refused);
                standing.waitFor(Trouble.database(refused));
            }
            case DataAccessException away -> standing.waitFor(Trouble.ledger(away));
            default -> {
                LOG.error("Stream {} could not load a batch and tries again", settings.name(), failure);
                standing.waitFor(Trouble.failing(failure.toString()));
            }
        }
    }

    /** A table or a column is not there any more: they are looked at again. */
    private static boolean hasOtherTables(SQLException refused) {
        String state = String.valueOf(refused.getSQLState());
        return state.startsWith("42") || state.startsWith("3F");
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
            Optional<StreamState> known = around.ledger().streams().byName(settings.name());
            boolean wasStopped = standing.isStopped();
            known.ifPresent(standing::obey);
            if (wasStopped && !standing.isStopped()) {
                calmUntil = around.clock().instant().plus(CALM);
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
            if (isStillTheTopic(open)) {
                report.write(open);
            }
        } catch (KafkaAway e) {
            report.writeThatKafkaIsAway(e);
        }
    }
}
