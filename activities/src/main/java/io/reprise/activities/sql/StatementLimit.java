package io.reprise.activities.sql;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long one statement of a connection may run. It is ended in its database from the side, which every database of ours
 * obeys, where the limits of their drivers are whole seconds, outlive the statement, or only bound the waiting for a lock.
 */
public final class StatementLimit {

    public static final StatementLimit NONE = new StatementLimit("", Optional.empty());

    private static final Logger LOG = LoggerFactory.getLogger(StatementLimit.class);
    private static final Duration AGAIN = Duration.ofMillis(200);

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task ->
            Thread.ofPlatform().daemon().name("reprise-statement-limits").unstarted(task));

    private final String connection;
    private final Optional<Duration> most;

    /** @param connection whose limit it is, for people */
    public StatementLimit(String connection, Optional<Duration> most) {
        this.connection = connection;
        this.most = most;
    }

    /** A statement that was told to end has failed, also where it came to its end before it heard of that. */
    <R> R within(Statement statement, StatementWatch.Work<R> work) throws SQLException {
        if (most.isEmpty()) {
            return work.run();
        }
        Duration limit = most.get();
        Running running = new Running(statement);
        Future<?> end = CLOCK.scheduleAtFixedRate(
                () -> Thread.ofVirtual().start(running::end),
                Math.max(1, limit.toMillis()),
                AGAIN.toMillis(),
                TimeUnit.MILLISECONDS);
        Optional<SQLException> failure = Optional.empty();
        Optional<R> result = Optional.empty();
        try {
            result = Optional.of(work.run());
        } catch (SQLException ended) {
            failure = Optional.of(ended);
        } finally {
            end.cancel(false);
            running.isOver();
        }
        if (running.wasEnded) {
            throw new StatementTooLong(connection, limit, failure.orElse(null));
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return result.orElseThrow();
    }

    /** Once it is over it is not told to end any more: what comes next on its connection is another's. */
    private static final class Running {

        private final ReentrantLock lock = new ReentrantLock();
        private final Statement statement;
        private boolean over;
        private boolean wasEnded;

        Running(Statement statement) {
            this.statement = statement;
        }

        void end() {
            lock.lock();
            try {
                if (!over) {
                    wasEnded = true;
                    statement.cancel();
                }
            } catch (SQLException failure) {
                LOG.warn("cannot end a statement in its database, will try again: {}", failure.getMessage());
            } finally {
                lock.unlock();
            }
        }

        void isOver() {
            lock.lock();
            try {
                over = true;
            } finally {
                lock.unlock();
            }
        }
    }
}
