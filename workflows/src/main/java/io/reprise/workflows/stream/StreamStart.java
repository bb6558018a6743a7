package io.reprise.workflows.stream;

import io.reprise.workflows.run.Name;
import io.reprise.workflows.run.SearchAttributes;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;

/** Asks about one stream. Who asks what is being found out already hears the same answer. */
public final class StreamStart {

    public static final String TASK_QUEUE = StreamLooks.TASK_QUEUE;

    private final WorkflowClient client;

    /** What was asked, to wait for its answer. */
    public record Asked(WorkflowStub workflow, String workflowId, String executionId) {}

    public StreamStart(WorkflowClient client) {
        this.client = client;
    }

    /**
     * Asks what a stream would do to its tables.
     *
     * @param id tells it from others: two people may plan two versions at once
     */
    public Asked plan(Name stream, String id, PlanOrder order) {
        WorkflowStub workflow = client.newUntypedWorkflowStub(
                StreamPlanWorkflow.TYPE,
                options(StreamPlanWorkflow.TYPE, stream, id(StreamPlanWorkflow.TYPE, stream) + "/" + id));
        return started(workflow.start(order), workflow);
    }

    public Asked balance(Name stream, BalanceOrder order) {
        WorkflowStub workflow = client.newUntypedWorkflowStub(
                StreamBalanceWorkflow.TYPE,
                options(StreamBalanceWorkflow.TYPE, stream, id(StreamBalanceWorkflow.TYPE, stream)));
        return started(workflow.start(order), workflow);
    }

    /** One that was asked before. */
    public Asked balance(Name stream, String executionId) {
        WorkflowStub workflow = client.newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                .setWorkflowId(id(StreamBalanceWorkflow.TYPE, stream))
                .setRunId(executionId)
                .build());
        return new Asked(workflow, id(StreamBalanceWorkflow.TYPE, stream), executionId);
    }

    private static Asked started(WorkflowExecution execution, WorkflowStub workflow) {
        return new Asked(workflow, execution.getWorkflowId(), execution.getRunId());
    }

    private static String id(String type, Name stream) {
        return type + "/" + stream.value();
    }

    private static WorkflowOptions options(String type, Name stream, String id) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(TASK_QUEUE)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
                        .set(SearchAttributes.FEATURE, "stream")
                        .set(SearchAttributes.NAME, stream.value())
                        .build())
                .setStaticSummary(type + " " + stream.value())
                .build();
    }
}
