package io.reprise.worker.run;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.reprise.workflows.pipeline.NotYet;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.WorkflowId;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Temporal knows of one execution. Describe by id is exact, where listing lags behind. */
final class Executions {

    private static final Logger LOG = LoggerFactory.getLogger(Executions.class);

    private static final long CALL_SECONDS = 5;

    // From the third attempt on it is the workflow's code that fails, and no worker that was lost.
    private static final int FAILING = 3;

    // With the delays of a patient step, about a minute.
    private static final int FAILING_STEP = 10;

    private final WorkflowClient client;

    Executions(WorkflowClient client) {
        this.client = client;
    }

    /** Where an execution stands. */
    sealed interface Found {
        record Unknown() implements Found {}

        record Open() implements Found {}

        /** Its workflow task has been tried that often. */
        record Failing(int attempt) implements Found {}

        /** One of its activities has been tried that often, and answered the last time with that. */
        record FailingStep(String activity, int attempts, String failure) implements Found {}

        record Completed() implements Found {}

        /** Failed or cancelled by its own code. */
        record Failed() implements Found {}

        /** Ended from outside, without a word of its code. */
        record Terminated() implements Found {}
    }

    Found find(WorkflowId workflow, String temporalRunId) {
        try {
            return found(client.getWorkflowServiceStubs()
                    .blockingStub()
                    .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                    .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .setExecution(WorkflowExecution.newBuilder()
                                    .setWorkflowId(workflow.value())
                                    .setRunId(temporalRunId))
                            .build()));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return new Found.Unknown();
            }
            throw e;
        }
    }

    /** The outcome that the failure of a closed execution carries. */
    Optional<RunOutcome> outcomeOfFailure(WorkflowId workflow, String temporalRunId) {
        try {
            client.newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                            .setWorkflowId(workflow.value())
                            .setRunId(temporalRunId)
                            .build())
                    .getResult(Void.class);
            return Optional.empty();
        } catch (WorkflowFailedException e) {
            return e.getCause() instanceof ApplicationFailure failure
                            && failure.getDetails().getSize() > 0
                    ? Optional.ofNullable(failure.getDetails().get(0, RunOutcome.class))
                    : Optional.empty();
        }
    }

    /** What an execution was started with, as canonical JSON. */
    Optional<String> inputOf(WorkflowId workflow, String temporalRunId) {
        var arguments = client.fetchHistory(workflow.value(), temporalRunId)
                .getEvents()
                .getFirst()
                .getWorkflowExecutionStartedEventAttributes()
                .getInput();
        return arguments.getPayloadsCount() < 2
                ? Optional.empty()
                : Optional.of(arguments.getPayloads(1).getData().toStringUtf8());
    }

    /** Asks an open execution to cancel; one that has ended meanwhile needs no asking. */
    void cancel(WorkflowId workflow, String temporalRunId, String reason) {
        try {
            client.newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                            .setWorkflowId(workflow.value())
                            .setRunId(temporalRunId)
                            .build())
                    .cancel(reason);
        } catch (WorkflowNotFoundException ended) {
            LOG.debug("Execution {} of {} ended before its cancel", temporalRunId, workflow, ended);
        }
    }

    private static Found found(DescribeWorkflowExecutionResponse described) {
        return switch (described.getWorkflowExecutionInfo().getStatus()) {
            case WORKFLOW_EXECUTION_STATUS_COMPLETED -> new Found.Completed();
            case WORKFLOW_EXECUTION_STATUS_FAILED, WORKFLOW_EXECUTION_STATUS_CANCELED -> new Found.Failed();
            case WORKFLOW_EXECUTION_STATUS_TERMINATED, WORKFLOW_EXECUTION_STATUS_TIMED_OUT -> new Found.Terminated();
            case WORKFLOW_EXECUTION_STATUS_RUNNING,
                    WORKFLOW_EXECUTION_STATUS_PAUSED,
                    WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW,
                    WORKFLOW_EXECUTION_STATUS_UNSPECIFIED,
                    UNRECOGNIZED -> open(described);
        };
    }

    private static Found open(DescribeWorkflowExecutionResponse described) {
        int attempt = described.hasPendingWorkflowTask()
                ? described.getPendingWorkflowTask().getAttempt()
                : 1;
        if (attempt >= FAILING) {
            return new Found.Failing(attempt);
        }
        return described.getPendingActivitiesList().stream()
                .filter(Executions::isFailing)
                .findFirst()
                .<Found>map(step -> new Found.FailingStep(
                        step.getActivityType().getName(),
                        step.getAttempt() - 1,
                        lastFailure(step).getMessage()))
                .orElseGet(Found.Open::new);
    }

    /** A lost worker is no failure of the step, and neither is a look for something that is not there yet. */
    private static boolean isFailing(PendingActivityInfo step) {
        Failure last = lastFailure(step);
        return step.getAttempt() > FAILING_STEP
                && !last.hasTimeoutFailureInfo()
                && !last.getApplicationFailureInfo().getType().equals(NotYet.TYPE);
    }

    /** A failure of more than a few kilobytes is kept by the server as the shortened cause of one of its own. */
    private static Failure lastFailure(PendingActivityInfo step) {
        Failure kept = step.getLastFailure();
        return kept.hasServerFailureInfo() && kept.hasCause() ? kept.getCause() : kept;
    }
}
