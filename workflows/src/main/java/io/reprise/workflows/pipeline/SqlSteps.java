package io.reprise.workflows.pipeline;

import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a pipeline does in one database, behind its fence. Served on the queue of the connection. */
@ActivityInterface
public interface SqlSteps {

    /** Runs the step's statements in one transaction. Refused: {@code expectation-failed}, or what the definition says. */
    @ActivityMethod(name = "Sql.run")
    StepResult run(StepCall call, PipelineStep step);

    /** Refused with {@code check-failed} where rows offend. */
    @ActivityMethod(name = "Sql.check")
    StepResult check(StepCall call, PipelineStep step);

    /** Brings a stage into its target. */
    @ActivityMethod(name = "Sql.publish")
    StepResult publish(StepCall call, PipelineStep step);

    @ActivityMethod(name = "Sql.undo")
    Undone undo(UndoCall call);

    /** Restores what was there before, while nobody published after. */
    @ActivityMethod(name = "Sql.unpublish")
    Undone unpublish(UndoCall call);
}
