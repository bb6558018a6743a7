package io.reprise.worker.outbox;

import io.reprise.activities.producer.Committed;
import io.reprise.activities.producer.TransactionalProducer;
import io.reprise.worker.shared.BackOff;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A shard that this relay holds: one batch of it is under way at a time. */
final class Shard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
    private static final BackOff REFUSED = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5));
    private static final BackOff UNREACHABLE = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(5));

    private final int number;
    private final TransactionalProducer<OutboxRow> producer;
    private final OutboxRows outbox;
    private final OutboxMeters meters;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile long restsUntil = System.nanoTime();
    private int failures;

    Shard(int number, TransactionalProducer<OutboxRow> producer, OutboxRows outbox, OutboxMeters meters) {
        this.number = number;
        this.producer = producer;
        this.outbox = outbox;
        this.meters = meters;
    }

    int number() {
        return number;
    }

    boolean isIdle() {
        return !busy.get();
    }

    boolean isReady() {
        return isIdle() && System.nanoTime() - restsUntil >= 0;
    }

    void begin() {
        busy.set(true);
    }

    /** Sends one batch and settles its rows. */
    void send(List<OutboxRow> rows) {
        try {
            settle(rows, producer.send(rows));
        } catch (SQLException e) {
            LOG.warn(
                    "Shard {} of the outbox: could not settle {} rows, which may be sent again",
                    number,
                    rows.size(),
                    e);
            rest();
        } finally {
            busy.set(false);
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private void settle(List<OutboxRow> rows, Committed<OutboxRow> sent) throws SQLException {
        switch (sent) {
            case Committed.All<OutboxRow> _ -> {
                failures = 0;
                meters.sent(rows.size());
                outbox.sent(number, rows);
            }
            case Committed.Refused<OutboxRow>(List<OutboxRow> refused, String error) -> {
                LOG.error("{} were refused and hold back their keys for a while: {}", names(refused), error);
                meters.failed();
                outbox.block(refused, error, REFUSED);
            }
            case Committed.Fenced<OutboxRow> _ -> {
                LOG.info("Shard {} of the outbox is sent by another relay now", number);
                rest();
            }
            case Committed.Unreachable<OutboxRow>(String error) -> {
                rest();
                LOG.warn("Shard {} of the outbox waits with {} rows: {}", number, rows.size(), error);
                meters.failed();
                outbox.note(number, rows, error);
            }
        }
    }

    private static String names(List<OutboxRow> rows) {
        return rows.stream()
                .map(row -> row.eventId() + " of " + row.key())
                .collect(Collectors.joining(", ", "Events ", ""));
    }

    private void rest() {
        failures++;
        restsUntil = System.nanoTime() + UNREACHABLE.after(failures).toNanos();
    }
}
