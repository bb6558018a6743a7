package io.reprise.workflows.pipeline;

import io.reprise.workflows.saga.StepCall;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** Has records watched for that pipelines wait for. Whoever finds one wakes the run. */
@ActivityInterface
public interface RecordWaitSteps {

    /** Has a record watched for, once however often it is called. Answers what was found of it; null as long as there is none. */
    @ActivityMethod(name = "Wait.record")
    @Nullable
    StepResult lookForRecord(StepCall call, PipelineStep step);

    /** Ends the watching. Answers what was found until then, or null. */
    @ActivityMethod(name = "Wait.forgetRecord")
    @Nullable
    StepResult forgetRecord(StepCall call, PipelineStep step);
}
