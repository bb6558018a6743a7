package io.reprise.activities.run;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.reprise.workflows.run.SearchAttributes;
import io.reprise.workflows.run.WorkflowId;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Optional;

/** What Temporal knows of runs. Describe by id is exact; listing lags behind and is not offered by every server. */
final class TemporalRuns {

    private static final String RUNS = SearchAttributes.FEATURE.getName() + " is not null and "
            + SearchAttributes.FEATURE.getName() + " not in ('" + String.join("', '", SearchAttributes.NO_RUNS) + "')";

    /** Takes one run after another. */
    @FunctionalInterface
    interface Listed {
        void take(WorkflowId workflow) throws SQLException, InterruptedException;
    }

    private final WorkflowClient client;

    TemporalRuns(WorkflowClient client) {
        this.client = client;
    }

    Optional<WorkflowExecutionStatus> status(WorkflowId workflow) {
        try {
            return Optional.of(
                    client.newUntypedWorkflowStub(workflow.value()).describe().getStatus());
        } catch (WorkflowNotFoundException unknown) {
            return Optional.empty();
        }
    }

    /**
     * Hands over the workflow id of every run that Temporal still lists, or none where the server cannot list. What has no
     * workflow id of ours is none of our runs, such as the proof that a started server makes.
     */
    void forEachListed(Listed each) throws SQLException, InterruptedException {
        try (var listed = client.listExecutions(RUNS)) {
            Iterator<String> ids = listed.map(run -> run.getExecution().getWorkflowId())
                    .filter(WorkflowId::isWorkflowId)
                    .iterator();
            while (ids.hasNext()) {
                each.take(new WorkflowId(ids.next()));
            }
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
                throw refused;
            }
        }
    }
}
