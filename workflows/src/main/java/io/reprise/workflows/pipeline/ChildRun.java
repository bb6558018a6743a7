package io.reprise.workflows.pipeline;

import io.reprise.workflows.run.WorkflowId;

/**
 * The run of a pipeline that is a step of another.
 *
 * @param own false where the run was there before and is only waited for: a cancel of the parent leaves it alone
 */
public record ChildRun(String runId, WorkflowId workflowId, boolean own) {}
