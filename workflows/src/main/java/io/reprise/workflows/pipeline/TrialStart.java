package io.reprise.workflows.pipeline;

import io.reprise.workflows.run.SearchAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;

/** Has a step tried. Who tries it twice at once has two trials. */
public record TrialStart(TrialOrder order, String id) {

    public String workflowId() {
        return TrialWorkflow.TYPE + "/" + order.key().workflowId().name() + "/" + id;
    }

    /** Answers the workflow that was started, to wait for. */
    public WorkflowStub start(WorkflowClient client) {
        WorkflowStub workflow = client.newUntypedWorkflowStub(TrialWorkflow.TYPE, options());
        workflow.start(order);
        return workflow;
    }

    private WorkflowOptions options() {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId())
                .setTaskQueue(PipelineWorkflow.TASK_QUEUE)
                .setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
                        .set(SearchAttributes.FEATURE, TrialWorkflow.TYPE)
                        .set(
                                SearchAttributes.NAME,
                                order.key().workflowId().name().value())
                        .build())
                .setStaticSummary("try step " + order.key().stepId())
                .setStaticDetails("Asked for by " + order.by() + ": `reprise step run … --rollback`")
                .build();
    }
}
