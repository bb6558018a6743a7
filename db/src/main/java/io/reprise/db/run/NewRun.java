package io.reprise.db.run;

import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import java.util.Optional;

/**
 * A run that somebody asks for.
 *
 * @param source {@code http}, the name of a trigger, or {@code retry}
 * @param definition hash of the definition that it is made from; a run of Java code has none
 * @param bounds a bounded run waits in the queue until it is let in, whoever accepted it
 */
public record NewRun(
        WorkflowId workflowId,
        String workflowType,
        String taskQueue,
        RunInput input,
        StepMode mode,
        String source,
        RunOrder order,
        Optional<String> definition,
        Optional<RunBounds> bounds) {

    public NewRun(
            WorkflowId workflowId,
            String workflowType,
            String taskQueue,
            RunInput input,
            StepMode mode,
            String source,
            RunOrder order) {
        this(workflowId, workflowType, taskQueue, input, mode, source, order, Optional.empty(), Optional.empty());
    }

    public NewRun madeFrom(String hash) {
        return new NewRun(workflowId, workflowType, taskQueue, input, mode, source, order, Optional.of(hash), bounds);
    }

    public NewRun inOrder(RunOrder wanted) {
        return new NewRun(workflowId, workflowType, taskQueue, input, mode, source, wanted, definition, bounds);
    }

    public NewRun within(RunBounds wanted) {
        return new NewRun(
                workflowId, workflowType, taskQueue, input, mode, source, order, definition, Optional.of(wanted));
    }
}
