package io.reprise.workflows.pipeline;

import io.reprise.workflows.saga.StepCall;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Looks whether something is there that a pipeline waits for. */
@ActivityInterface
public interface WaitSteps {

    /** One look. Fails with {@link NotYet} where it is not there: the server repeats it, which costs no thread. */
    @ActivityMethod(name = "Wait.look")
    StepResult look(StepCall call, PipelineStep step);
}
