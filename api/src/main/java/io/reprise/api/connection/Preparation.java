package io.reprise.api.connection;

import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.workflows.connection.ConnectionStart;
import io.reprise.workflows.connection.Prepared;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has a worker prepare a connection, and waits for what it says. */
public final class Preparation {

    // Shorter than callers wait.
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final WorkflowClient temporal;

    public Preparation(WorkflowClient temporal) {
        this.temporal = temporal;
    }

    Prepared ask(ConnectionStart start) {
        String name = start.connection().value();
        try {
            WorkflowStub started = start.start(temporal);
            return started.getResult(PATIENCE.toMillis(), TimeUnit.MILLISECONDS, Prepared.class);
        } catch (WorkflowExecutionAlreadyStarted other) {
            throw Refused.because(
                    ProblemType.NOT_POSSIBLE,
                    "asked to prepare connection '" + name + "', which somebody prepares right now"
                            + " (expected: one at a time)");
        } catch (TimeoutException slow) {
            throw Refused.because(
                    ProblemType.NO_WORKER,
                    "asked to prepare connection '" + name + "' and had no answer within " + PATIENCE.toSeconds()
                            + " s; the worker may still be at it, as workflow " + start.workflowId());
        } catch (WorkflowFailedException failed) {
            throw refusal(name, failed);
        }
    }

    /** The worker's own words stand below those of Temporal. */
    private static RuntimeException refusal(String name, WorkflowFailedException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApplicationFailure told) {
                return Refused.because(ProblemType.NOT_POSSIBLE, told.getOriginalMessage());
            }
            if (cause instanceof TimeoutFailure) {
                return Refused.because(
                        ProblemType.NO_WORKER,
                        "asked to prepare connection '" + name + "', and no worker serves it (expected: one that"
                                + " polls sql." + name + ")");
            }
        }
        return failed;
    }
}
