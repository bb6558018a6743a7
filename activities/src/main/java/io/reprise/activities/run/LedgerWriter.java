package io.reprise.activities.run;

import io.reprise.activities.saga.StepEntry;
import io.reprise.activities.sql.SqlFailures;
import io.reprise.db.run.Outcomes;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.StepFact;
import io.reprise.db.run.StepFacts;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes step facts to the ledger in batches, behind the steps' backs. It holds on to a batch while the ledger is away; what
 * comes while its queue is full is dropped and counted, and the sweeper restores it from the fences.
 */
public final class LedgerWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_IN_BATCH = 500;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final StepFacts stepFacts;
    private final Outcomes outcomes;
    private final Duration flushLimit;
    private final BlockingQueue<StepEntry> waiting;
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;

    public LedgerWriter(StepFacts stepFacts, Outcomes outcomes, Duration flushLimit) {
        this(stepFacts, outcomes, flushLimit, MOST_WAITING);
    }

    LedgerWriter(StepFacts stepFacts, Outcomes outcomes, Duration flushLimit, int mostWaiting) {
        this.stepFacts = stepFacts;
        this.outcomes = outcomes;
        this.flushLimit = flushLimit;
        this.waiting = new ArrayBlockingQueue<>(mostWaiting);
        this.thread = Thread.ofPlatform().name("ledger-writer").daemon().start(this::writeUntilClosed);
    }

    /** Never waits, never fails. */
    void write(StepEntry entry) {
        if (!waiting.offer(entry)) {
            dropped.incrementAndGet();
        }
    }

    /** How many facts found the queue full since the start. */
    public long dropped() {
        return dropped.get();
    }

    public int waiting() {
        return waiting.size();
    }

    private void writeUntilClosed() {
        List<StepEntry> batch = new ArrayList<>();
        try {
            while (!closing || !waiting.isEmpty()) {
                StepEntry first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                waiting.drainTo(batch, MOST_IN_BATCH - 1);
                writeUntilWritten(batch);
                batch.clear();
            }
        } catch (InterruptedException stopped) {
            dropped.addAndGet(batch.size() + waiting.size());
            LOG.warn("Stopped with {} step facts unwritten; the sweeper restores them", batch.size() + waiting.size());
        }
    }

    /** Holds on to the batch while the ledger is away; what it refuses for good is dropped, or it would block the rest. */
    private void writeUntilWritten(List<StepEntry> batch) throws InterruptedException {
        while (true) {
            try {
                write(batch);
                return;
            } catch (SQLException failure) {
                if (!SqlFailures.isTransient(failure)) {
                    dropped.addAndGet(batch.size());
                    LOG.error("The ledger refuses {} step facts, which the sweeper restores", batch.size(), failure);
                    return;
                }
                LOG.warn("Cannot write {} step facts; trying again in {}", batch.size(), BETWEEN_TRIES, failure);
                Thread.sleep(BETWEEN_TRIES);
            }
        }
    }

    private void write(List<StepEntry> batch) throws SQLException {
        stepFacts.recordAll(facts(batch));
        List<RunRef> succeeded = batch.stream()
                .map(StepEntry::succeeded)
                .flatMap(Optional::stream)
                .toList();
        if (succeeded.isEmpty()) {
            return;
        }
        try {
            outcomes.succeedAll(succeeded);
        } catch (DataAccessException failure) {
            throw new SQLException(failure.getMessage(), failure.sqlState(), failure);
        }
    }

    private static List<StepFact> facts(List<StepEntry> batch) {
        return batch.stream().map(StepEntry::fact).toList();
    }

    /** Writes what waits, for as long as the limit allows. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!thread.join(flushLimit)) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException hurried) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
