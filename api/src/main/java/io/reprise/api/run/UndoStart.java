package io.reprise.api.run;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.db.run.QueuedRun;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;

/**
 * Starts the same workflow id again, only to undo. The step keys stay the same, so the fences tell what there is to undo;
 * a run that Temporal still runs, or that ended by itself, has had its undo and is refused.
 */
public final class UndoStart {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final WorkflowClient temporal;

    public UndoStart(WorkflowClient temporal) {
        this.temporal = temporal;
    }

    /**
     * Returns Temporal's id of the run that undoes.
     *
     * @param revision the ledger's revision of the run: the outcomes of the undo are newer
     */
    String start(QueuedRun run, int revision) {
        refuseUnlessStopped(run.run().workflowId().value());
        return TemporalCalls.within(PATIENCE, () -> run.undo(revision).start(temporal));
    }

    private void refuseUnlessStopped(String workflowId) {
        WorkflowExecutionStatus status = status(workflowId);
        boolean stopped = switch (status) {
            case WORKFLOW_EXECUTION_STATUS_TERMINATED,
                    WORKFLOW_EXECUTION_STATUS_TIMED_OUT,
                    WORKFLOW_EXECUTION_STATUS_UNSPECIFIED -> true;
            default -> false;
        };
        if (!stopped) {
            throw Refused.because(
                    ProblemType.NOT_POSSIBLE,
                    "asked to undo " + workflowId + ", which Temporal has as "
                            + status.name().replace("WORKFLOW_EXECUTION_STATUS_", "")
                            + " (expected: TERMINATED, or unknown to Temporal; cancel undoes a running one)");
        }
    }

    /** UNSPECIFIED where Temporal knows no such workflow, or knows it no more. */
    private WorkflowExecutionStatus status(String workflowId) {
        DescribeWorkflowExecutionRequest request = DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(temporal.getOptions().getNamespace())
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                .build();
        try {
            return TemporalCalls.within(
                    PATIENCE,
                    () -> temporal.getWorkflowServiceStubs()
                            .blockingStub()
                            .describeWorkflowExecution(request)
                            .getWorkflowExecutionInfo()
                            .getStatus());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_UNSPECIFIED;
            }
            throw e;
        }
    }
}
