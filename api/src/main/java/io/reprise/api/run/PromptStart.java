package io.reprise.api.run;

import io.grpc.StatusRuntimeException;
import io.reprise.db.run.Lease;
import io.reprise.db.run.QueuedRun;
import io.reprise.db.run.StartQueue;
import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.RunStart;
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
    private final RunUpdates updates;
    private final Lease lease;

    public PromptStart(WorkflowClient temporal, StartQueue queue, RunUpdates updates, String holder) {
        this.temporal = temporal;
        this.queue = queue;
        this.updates = updates;
        this.lease = new Lease(holder, PATIENCE.multipliedBy(4));
    }

    /** The lease under which a run that is to be started here has to be accepted. */
    public Lease lease() {
        return lease;
    }

    public void start(QueuedRun run) {
        RunContext context = new RunContext(
                run.run().runId(),
                run.run().startedOn(),
                run.run().workflowId(),
                run.mode(),
                RunContext.STUCK_AFTER,
                false,
                0);
        RunStart start = new RunStart(
                run.workflowType(), run.taskQueue(), context, run.input().json());
        try {
            String temporalRunId = TemporalCalls.within(PATIENCE, () -> start.start(temporal));
            if (queue.started(run.run(), temporalRunId)) {
                updates.cancel(run.run().workflowId(), "cancelled while it was started");
            }
        } catch (StatusRuntimeException | WorkflowServiceException e) {
            log.warn("cannot start {} in Temporal now; it stays queued and a worker will start it", run.run(), e);
            queue.deferred(run.run(), String.valueOf(e.getMessage()), BACK_OFF);
        }
    }
}
