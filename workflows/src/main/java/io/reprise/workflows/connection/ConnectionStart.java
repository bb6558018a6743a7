package io.reprise.workflows.connection;

import io.reprise.workflows.run.Name;
import io.reprise.workflows.run.SearchAttributes;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;

/** Has a connection prepared. One that is being prepared is refused by Temporal: both would wait for the same locks. */
public record ConnectionStart(Name connection, PreparationOrder.How how, String by) {

    public String workflowId() {
        return ConnectionWorkflow.TYPE + "/" + connection.value();
    }

    /** Answers the workflow that was started, to wait for. */
    public WorkflowStub start(WorkflowClient client) {
        WorkflowStub workflow = client.newUntypedWorkflowStub(ConnectionWorkflow.TYPE, options());
        workflow.start(new PreparationOrder(connection.value(), how, by));
        return workflow;
    }

    private WorkflowOptions options() {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId())
                .setTaskQueue(ConnectionWorkflow.TASK_QUEUE)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
                        .set(SearchAttributes.FEATURE, ConnectionWorkflow.TYPE)
                        .set(SearchAttributes.NAME, connection.value())
                        .build())
                .setStaticSummary("prepare connection " + connection.value())
                .setStaticDetails("Asked for by " + by + ": `reprise connection prepare " + connection.value() + "`")
                .build();
    }
}
