package io.reprise.activities.sql;

import io.reprise.catalog.sql.SqlDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a transaction from the side when its time is over, where the database does not do it: what was not committed by then
 * is rolled back, and whoever still uses the connection finds it closed. A process that stands still ends nothing.
 */
public final class Deadline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deadline.class);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("reprise-deadlines").unstarted(task));

    private enum State {
        OPEN,
        MET,
        MISSED
    }

    private final SqlDialect dialect;
    private final Connection connection;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private Optional<Future<?>> pending = Optional.empty();

    private Deadline(SqlDialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    /** Until it is closed; closing it waits for an end that has begun. */
    public static Deadline in(Duration left, SqlDialect dialect, Connection connection) throws SQLException {
        Deadline deadline = new Deadline(dialect, connection.unwrap(Connection.class));
        if (dialect != SqlDialect.POSTGRESQL) {
            deadline.pending =
                    Optional.of(CLOCK.schedule(deadline::miss, Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS));
        }
        return deadline;
    }

    @Override
    public void close() {
        if (state.compareAndSet(State.OPEN, State.MET)) {
            pending.ifPresent(missing -> missing.cancel(false));
            ended.complete(null);
        }
        ended.join();
    }

    private void miss() {
        if (state.compareAndSet(State.OPEN, State.MISSED)) {
            Thread.ofVirtual().start(() -> {
                try {
                    end();
                } finally {
                    ended.complete(null);
                }
            });
        }
    }

    private void end() {
        try {
            switch (dialect) {
                case POSTGRESQL -> {}
                case MARIADB, MYSQL -> connection.abort(Runnable::run);
                case H2 -> connection.close();
                case SQLITE -> interruptAndClose();
            }
        } catch (SQLException dead) {
            LOG.debug("A connection was dead already when its time was over", dead);
        }
    }

    /** Closing waits for the statement that runs, and an interruption reaches only one that runs already. */
    private void interruptAndClose() throws SQLException {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        try (Statement anyOf = connection.createStatement()) {
            Thread.ofPlatform().daemon().start(() -> close(closed));
            while (!closed.isDone()) {
                anyOf.cancel();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void close(CompletableFuture<Void> closed) {
        try {
            connection.close();
        } catch (SQLException dead) {
            LOG.debug("A connection was dead already when its time was over", dead);
        } finally {
            closed.complete(null);
        }
    }
}
