package io.reprise.workflows.pipeline;

import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Runs commands of the operating system. No database fences them. */
@ActivityInterface
public interface CommandSteps {

    @ActivityMethod(name = "Command.run")
    StepResult run(StepCall call, PipelineStep step);

    @ActivityMethod(name = "Command.undo")
    Undone undo(UndoCall call);
}
