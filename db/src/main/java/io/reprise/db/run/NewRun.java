package io.reprise.db.run;

import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;

/**
 * A run that somebody asks for.
 *
 * @param source {@code http}, the name of a trigger, or {@code retry}
 */
public record NewRun(
        WorkflowId workflowId,
        String workflowType,
        String taskQueue,
        RunInput input,
        StepMode mode,
        String source,
        RunOrder order) {}
