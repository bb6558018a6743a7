package io.reprise.worker.stream;

import io.reprise.activities.sql.Sessions;
import io.reprise.activities.stream.Checkpoints;
import io.reprise.activities.stream.OtherCluster;
import io.reprise.activities.stream.RecordRows;
import io.reprise.activities.stream.StreamLoader;
import io.reprise.activities.stream.StreamLog;
import io.reprise.activities.stream.StreamTables;
import io.reprise.activities.stream.StreamTarget;
import io.reprise.db.stream.StreamState;
import io.reprise.worker.shared.KafkaAway;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins to read a stream: once its topic, its tables and what was decided about it are known. */
final class StreamOpening {

    private static final Logger LOG = LoggerFactory.getLogger(StreamOpening.class);

    private final StreamSettings settings;
    private final StreamSurroundings around;
    private final Sessions sessions;
    private final StreamMeters meters;
    private final StreamStanding standing;

    StreamOpening(
            StreamSettings settings,
            StreamSurroundings around,
            Sessions sessions,
            StreamMeters meters,
            StreamStanding standing) {
        this.settings = settings;
        this.around = around;
        this.sessions = sessions;
        this.meters = meters;
        this.standing = standing;
    }

    /**
     * Empty where something is in its way; the standing says what.
     *
     * @param calmUntil up to when no storm stops it
     * @param beforeLeaving done before partitions go to somebody else in good order
     */
    Optional<OpenStream> open(Instant calmUntil, Runnable beforeLeaving) throws InterruptedException {
        try {
            StreamState known = registered();
            standing.obey(known);
            StreamTarget target = settings.target(log(known));
            if (!madeTables(target, known)) {
                return Optional.empty();
            }
            standing.begins();
            return Optional.of(open(target, calmUntil, beforeLeaving));
        } catch (SQLException e) {
            standing.waitFor(Trouble.database(e));
        } catch (DataAccessException e) {
            standing.waitFor(Trouble.ledger(e));
        } catch (KafkaAway e) {
            standing.waitFor(Trouble.kafka(e));
        } catch (IllegalArgumentException | OtherCluster e) {
            standing.waitFor(Trouble.failing(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    /**
     * Which log counts. A ledger that was restored from an older backup has forgotten what was decided since, and the tables have
     * not.
     */
    private StreamLog log(StreamState known) throws KafkaAway, InterruptedException, SQLException {
        StreamLog told = new StreamLog(
                around.topics().clusterId(), settings.topic(), around.topics().id(settings.topic()), known.logNumber());
        int newest = new Checkpoints(sessions, settings.target(told), around.clock()).newestLog();
        if (newest <= told.number()) {
            return told;
        }
        LOG.warn(
                "Stream {} was loaded from log {} of its topic already, and the ledger knew of {}",
                settings.name(),
                newest,
                told.number());
        around.ledger().streams().raiseLog(settings.name(), newest);
        return new StreamLog(told.clusterId(), told.topic(), told.topicId(), newest);
    }

    /** What operators decided about it. */
    StreamState registered() {
        return around.ledger().streams().register(settings.name(), settings.topic(), settings.connection());
    }

    private boolean madeTables(StreamTarget target, StreamState known) throws SQLException {
        StreamTables.Plan plan = new StreamTables(sessions, target.tables()).apply();
        if (plan.conflicts().isEmpty()) {
            plan.statements().forEach(text -> LOG.info("Stream {} did: {}", settings.name(), text));
            return true;
        }
        if (known.stopReason().isEmpty()) {
            standing.waitFor(Trouble.failing(String.join("; ", plan.conflicts())));
        }
        return false;
    }

    private OpenStream open(StreamTarget target, Instant calmUntil, Runnable beforeLeaving) {
        StreamReading reading = StreamReading.open(
                StreamConsumer.configuration(around.bootstrap(), settings), target.log(), beforeLeaving);
        StreamPlacing placing =
                new StreamPlacing(settings, new Checkpoints(sessions, target, around.clock()), around.ledger(), meters);
        StreamLoader loader = new StreamLoader(
                sessions,
                target,
                new LedgerLetters(around.ledger().deadLetters(), settings.source(), target.log()),
                settings.storms(),
                calmUntil,
                around.clock());
        RecordRows rows = new RecordRows(target, around.schemas(), settings.unknownSchema(), around.clock());
        return new OpenStream(settings, reading, rows, placing, new Loading(loader, settings.name()));
    }
}
