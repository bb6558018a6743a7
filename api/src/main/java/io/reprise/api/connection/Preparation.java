package io.reprise.api.connection;

import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.api.shared.WorkersAnswer;
import io.reprise.workflows.connection.ConnectionStart;
import io.reprise.workflows.connection.Prepared;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;

/** Has a worker prepare a connection, and waits for what it says. */
public final class Preparation {

    private final WorkflowClient temporal;

    public Preparation(WorkflowClient temporal) {
        this.temporal = temporal;
    }

    Prepared ask(ConnectionStart start) {
        String asked = "prepare connection '" + start.connection().value() + "'";
        try {
            return new WorkersAnswer(
                            start.start(temporal),
                            start.workflowId(),
                            asked,
                            start.connection().value())
                    .get(Prepared.class);
        } catch (WorkflowExecutionAlreadyStarted other) {
            throw Refused.because(
                    ProblemType.NOT_POSSIBLE,
                    "asked to " + asked + ", which somebody prepares right now (expected: one at a time)");
        }
    }
}
