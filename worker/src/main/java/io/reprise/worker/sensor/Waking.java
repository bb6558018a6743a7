package io.reprise.worker.sensor;

import io.grpc.StatusRuntimeException;
import io.reprise.db.sensor.SensorReading;
import io.reprise.db.sensor.Wake;
import io.reprise.workflows.saga.SagaOperations;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes runs whose steps were answered: at once where they were answered here, and again and again where it is not in the
 * ledger that somebody did. A run that is woken twice looks twice.
 */
final class Waking implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Waking.class);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final int AT_ONCE = 32;

    private final SensorReading ledger;
    private final WorkflowClient temporal;
    private final Set<Wake> underWay = ConcurrentHashMap.newKeySet();
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    Waking(SensorReading ledger, WorkflowClient temporal) {
        this.ledger = ledger;
        this.temporal = temporal;
    }

    void wake(Wake wake) {
        if (underWay.add(wake)) {
            calls.execute(() -> {
                try {
                    call(wake);
                } finally {
                    underWay.remove(wake);
                }
            });
        }
    }

    /** Those whose waker was lost, or did not reach them. */
    void wakeLeftBehind() {
        int room = AT_ONCE - underWay.size();
        if (room > 0) {
            ledger.toWake(LEFT_ALONE, room).forEach(this::wake);
        }
    }

    private void call(Wake wake) {
        try {
            temporal.newWorkflowStub(SagaOperations.class, wake.workflowId().value())
                    .wake(wake.id().stepId());
            ledger.woken(wake.id());
        } catch (WorkflowNotFoundException ended) {
            LOG.debug("{} has ended and needs no waking", wake.workflowId(), ended);
            forget(wake);
        } catch (StatusRuntimeException | WorkflowException | DataAccessException e) {
            LOG.info("{} is woken again later: {}", wake.workflowId(), e.toString());
        }
    }

    private void forget(Wake wake) {
        try {
            ledger.woken(wake.id());
        } catch (DataAccessException e) {
            LOG.info("{} is looked for again later: {}", wake.workflowId(), e.toString());
        }
    }

    @Override
    public void close() {
        calls.shutdown();
        try {
            if (!calls.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                calls.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            calls.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
