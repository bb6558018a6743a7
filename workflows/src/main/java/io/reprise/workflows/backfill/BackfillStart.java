package io.reprise.workflows.backfill;

import io.reprise.workflows.run.Name;
import io.reprise.workflows.run.SearchAttributes;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;

/** Sees to it that a backfill is driven. Asked for twice, it is driven once. */
public record BackfillStart(Name pipeline, String backfillId) {

    public String workflowId() {
        return BackfillWorkflow.TYPE + "/" + pipeline.value() + "/" + backfillId;
    }

    public void start(WorkflowClient client) {
        client.newUntypedWorkflowStub(BackfillWorkflow.TYPE, options()).start(backfillId);
    }

    /** One that was paused, or terminated by somebody, is driven on. */
    private WorkflowOptions options() {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId())
                .setTaskQueue(BackfillWorkflow.TASK_QUEUE)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
                        .set(SearchAttributes.FEATURE, BackfillWorkflow.TYPE)
                        .set(SearchAttributes.NAME, pipeline.value())
                        .build())
                .setStaticSummary("backfill of " + pipeline.value())
                .setStaticDetails("Backfill `" + backfillId
                        + "`: its slots stand in the ledger, see `reprise backfill show " + backfillId + "`")
                .build();
    }
}
