package io.reprise.api.run;

import io.grpc.StatusRuntimeException;
import io.reprise.db.run.Lease;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.QueuedRun;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.StartQueue;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowServiceException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts an accepted run in Temporal while the caller waits. Where Temporal does not answer soon, the run stays QUEUED and
 * the starter of a worker drives it in: to the caller both are accepted.
 */
public final class PromptStart {

    private static final Logger log = LoggerFactory.getLogger(PromptStart.class);
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final Duration BACK_OFF = Duration.ofSeconds(1);

    private final WorkflowClient temporal;
    private final StartQueue queue;
    private final Lease lease;

    public PromptStart(WorkflowClient temporal, StartQueue queue, String holder) {
        this.temporal = temporal;
        this.queue = queue;
        this.lease = new Lease(holder, PATIENCE.multipliedBy(4));
    }

    /** The lease under which a run that is to be started here has to be accepted. */
    public Lease lease() {
        return lease;
    }

    /** Starts a run that was just accepted under the lease; a bounded one stays QUEUED where there is no room for it. */
    public void start(RunRef run, NewRun accepted) {
        if (accepted.bounds().isPresent()) {
            queue.claim(run, lease).ifPresent(this::start);
            return;
        }
        start(QueuedRun.accepted(run, accepted));
    }

    public void start(QueuedRun run) {
        try {
            String temporalRunId =
                    TemporalCalls.within(PATIENCE, () -> run.start().start(temporal));
            if (queue.started(run.run(), temporalRunId)) {
                cancel(run);
            }
        } catch (StatusRuntimeException | WorkflowServiceException e) {
            log.warn("cannot start {} in Temporal now; it stays queued and a worker will start it", run.run(), e);
            queue.deferred(run.run(), String.valueOf(e.getMessage()), BACK_OFF);
        }
    }

    /** Whoever asked for it while the run was started asks the workflow too, and is told what came of it. */
    private void cancel(QueuedRun run) {
        String workflowId = run.run().workflowId().value();
        try {
            TemporalCalls.within(PATIENCE, () -> {
                temporal.newUntypedWorkflowStub(workflowId).cancel();
                return workflowId;
            });
        } catch (StatusRuntimeException | WorkflowServiceException e) {
            log.info("could not pass on the wish to cancel {}; the sweeper asks again where it runs", workflowId, e);
        }
    }
}
