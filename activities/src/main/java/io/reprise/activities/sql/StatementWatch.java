package io.reprise.activities.sql;

import io.temporal.client.ActivityCompletionException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Beats from the side while statements run, and ends the one that runs in its database once the step is not wanted any more.
 * Whoever owns the transaction rolls it back, as after every failure.
 */
public final class StatementWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatementWatch.class);

    /** A cancel that came between two statements is said again for the next. */
    private static final Duration CANCEL_AGAIN = Duration.ofMillis(200);

    private final Heart heart;
    private final StatementLimit limit;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReentrantLock running = new ReentrantLock();
    private @Nullable Statement current;
    private volatile String doing = "";
    private volatile @Nullable ActivityCompletionException unwanted;

    private StatementWatch(Heart heart, StatementLimit limit) {
        this.heart = heart;
        this.limit = limit;
    }

    public static StatementWatch start(Heart heart) {
        return start(heart, StatementLimit.NONE);
    }

    /** Ends each statement at a limit, too. */
    public static StatementWatch start(Heart heart, StatementLimit limit) {
        StatementWatch watch = new StatementWatch(heart, limit);
        Thread.ofVirtual().name("statement watch").start(watch::watch);
        return watch;
    }

    /**
     * Runs what keeps a statement busy.
     *
     * @param what it does, for people
     * @throws ActivityCompletionException where the step is not wanted any more: before, during or after
     */
    public <R> R during(Statement statement, String what, Work<R> work) throws SQLException {
        refuseUnwanted();
        doing = what;
        setCurrent(statement);
        R result;
        try {
            result = limit.within(statement, work);
        } catch (SQLException failure) {
            refuseUnwanted();
            throw failure;
        } finally {
            setCurrent(null);
        }
        refuseUnwanted();
        return result;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void refuseUnwanted() {
        ActivityCompletionException reason = unwanted;
        if (reason != null) {
            throw reason;
        }
    }

    /** Waits for a cancel that is on its way, so that it cannot meet what comes next on this connection. */
    private void setCurrent(@Nullable Statement statement) {
        running.lock();
        try {
            current = statement;
        } finally {
            running.unlock();
        }
    }

    private void watch() {
        try {
            while (!closed.await((unwanted == null ? heart.pause() : CANCEL_AGAIN).toMillis(), TimeUnit.MILLISECONDS)) {
                beat();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        if (unwanted == null) {
            try {
                heart.beat(doing);
                return;
            } catch (ActivityCompletionException reason) {
                unwanted = reason;
            }
        }
        cancelCurrent();
    }

    private void cancelCurrent() {
        running.lock();
        try {
            if (current != null) {
                current.cancel();
            }
        } catch (SQLException failure) {
            LOG.warn("cannot cancel '{}' in its database, will try again: {}", doing, failure.getMessage());
        } finally {
            running.unlock();
        }
    }

    /** What is done with the statement. */
    @FunctionalInterface
    public interface Work<R> {
        R run() throws SQLException;
    }
}
