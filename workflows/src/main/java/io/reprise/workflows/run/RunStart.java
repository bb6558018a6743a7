package io.reprise.workflows.run;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.converter.RawValue;

/**
 * Starts an accepted run in Temporal. It has no execution or run timeout: one would end a saga without its undo.
 *
 * @param input the canonical JSON that was accepted, passed on as it is
 */
public record RunStart(String workflowType, String taskQueue, RunContext context, String input) {

    /** Starts the run and returns Temporal's run id; the one it has already where it was started before. */
    public String start(WorkflowClient client) {
        try {
            return client.newUntypedWorkflowStub(workflowType, options())
                    .start(context, new RawValue(json(input)))
                    .getRunId();
        } catch (WorkflowExecutionAlreadyStarted started) {
            return started.getExecution().getRunId();
        }
    }

    WorkflowOptions options() {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(context.workflowId().value())
                .setTaskQueue(taskQueue)
                .setWorkflowIdReusePolicy(reusePolicy())
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setTypedSearchAttributes(attributes())
                .setStaticSummary(context.undoOnly() ? "Undo of " + context.workflowId() : summary())
                .setStaticDetails("Run `" + context.runId() + "`, accepted on " + context.startedOn() + ", steps first "
                        + (context.mode() == StepMode.LOCAL ? "local" : "regular"))
                .setDisableEagerExecution(false)
                .build();
    }

    /** A finished run is never started again, except to undo what a terminated one left. */
    private WorkflowIdReusePolicy reusePolicy() {
        return context.undoOnly()
                ? WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE
                : WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE;
    }

    private String summary() {
        return workflowType + " " + context.workflowId().name();
    }

    private io.temporal.common.SearchAttributes attributes() {
        WorkflowId id = context.workflowId();
        var attributes = io.temporal.common.SearchAttributes.newBuilder()
                .set(SearchAttributes.FEATURE, id.feature())
                .set(SearchAttributes.NAME, id.name().value())
                .set(SearchAttributes.FORWARD, Forward.RUNNING.name())
                .set(SearchAttributes.COMPENSATION, Compensation.NONE.name());
        id.slot().ifPresent(slot -> attributes.set(SearchAttributes.SLOT, slot));
        return attributes.build();
    }

    private static Payload json(String text) {
        return Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
                .setData(ByteString.copyFromUtf8(text))
                .build();
    }
}
