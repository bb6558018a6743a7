package io.reprise.worker.run;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.reprise.db.run.Lease;
import io.reprise.db.run.QueuedRun;
import io.reprise.db.run.StartQueue;
import io.reprise.worker.shared.BackOff;
import io.reprise.worker.shared.Rounds;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives accepted runs into Temporal: those that a trigger accepted, and those whose acceptor was lost before it had
 * started them. Nothing is given up: a run that cannot be started says why and is tried again.
 */
public final class Starter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Starter.class);
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final BackOff LATER = new BackOff(Duration.ofMillis(250), Duration.ofSeconds(10));
    private static final int AT_ONCE = 16;

    private final StartQueue queue;
    private final WorkflowClient temporal;
    private final Lease lease;
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final Counter started;
    private final Counter deferred;
    private final Rounds rounds;

    private Starter(StartQueue queue, WorkflowClient temporal, String workerId, MeterRegistry registry) {
        this.queue = queue;
        this.temporal = temporal;
        this.lease = new Lease(workerId, LEASE);
        this.started = Counter.builder("reprise_run_starts")
                .description("Accepted runs that were started in Temporal")
                .register(registry);
        this.deferred = Counter.builder("reprise_run_deferred_starts")
                .description("Attempts to start a run that will be made again")
                .register(registry);
        this.rounds = Rounds.start("starter", GRACE, this::round);
    }

    public static Starter start(StartQueue queue, WorkflowClient temporal, String workerId, MeterRegistry registry) {
        return new Starter(queue, temporal, workerId, registry);
    }

    /** Looks at once for accepted runs. */
    public void wake() {
        rounds.wake();
    }

    @Override
    public void close() {
        rounds.close();
        starts.shutdown();
        try {
            if (!starts.awaitTermination(GRACE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
                starts.shutdownNow();
            }
        } catch (InterruptedException e) {
            starts.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private Duration round() {
        int failures = failuresInARow.get();
        // While Temporal is away, one run at a time finds out whether it is back.
        int most = failures == 0 ? slots.availablePermits() : Math.min(1, slots.availablePermits());
        List<QueuedRun> claimed = most == 0 ? List.of() : queue.claim(lease, most);
        for (QueuedRun run : claimed) {
            slots.acquireUninterruptibly();
            starts.execute(() -> {
                try {
                    drive(run);
                } finally {
                    slots.release();
                }
            });
        }
        if (failures > 0) {
            return LATER.after(failures);
        }
        return claimed.size() == most && most > 0 ? Duration.ZERO : IDLE;
    }

    private void drive(QueuedRun run) {
        try {
            String temporalRunId = run.start().start(temporal);
            boolean cancelled = queue.started(run.run(), temporalRunId);
            started.increment();
            failuresInARow.set(0);
            if (cancelled || run.cancelled().isPresent()) {
                cancel(run, temporalRunId);
            }
        } catch (StatusRuntimeException | WorkflowException e) {
            later(run, e);
        } catch (DataAccessException e) {
            LOG.warn(
                    "Run {} was started, or not; the ledger could not be told and asks again: {}",
                    run.run(),
                    e.toString());
        }
        rounds.wake();
    }

    private void cancel(QueuedRun run, String temporalRunId) {
        try {
            temporal.newUntypedWorkflowStub(run.run().workflowId().value()).cancel();
        } catch (WorkflowNotFoundException e) {
            LOG.info("Run {} ended before its cancellation reached it as {}", run.run(), temporalRunId);
        } catch (StatusRuntimeException | WorkflowException e) {
            LOG.warn("Run {} was started, and its cancellation is asked for again by a sweep: {}", run.run(), cause(e));
        }
    }

    private void later(QueuedRun run, RuntimeException error) {
        deferred.increment();
        Duration wait = LATER.after(run.attempt());
        if (isAway(error)) {
            failuresInARow.incrementAndGet();
        }
        LOG.warn(
                "Run {} could not be started and is tried again in {}: {}",
                run.run().workflowId(),
                wait,
                cause(error));
        try {
            queue.deferred(run.run(), cause(error), wait);
        } catch (DataAccessException e) {
            LOG.warn(
                    "Run {} is tried again when its lease is over: {}",
                    run.run().workflowId(),
                    e.toString());
        }
    }

    private static boolean isAway(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException status) {
                Status.Code code = status.getStatus().getCode();
                return code == Status.Code.UNAVAILABLE
                        || code == Status.Code.DEADLINE_EXCEEDED
                        || code == Status.Code.RESOURCE_EXHAUSTED;
            }
        }
        return false;
    }

    private static String cause(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }
}
