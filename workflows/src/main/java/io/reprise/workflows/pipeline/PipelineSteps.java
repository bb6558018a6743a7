package io.reprise.workflows.pipeline;

import io.reprise.workflows.saga.StepCall;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Runs other pipelines as steps of one, and calls its hooks. */
@ActivityInterface
public interface PipelineSteps {

    /** Accepts the child's run; the same run where it was accepted before. */
    @ActivityMethod(name = "Pipeline.child")
    ChildRun child(StepCall call, PipelineStep step);

    /** One look at the child. Fails with {@link NotYet} until it has ended, and is refused with {@code child-failed}. */
    @ActivityMethod(name = "Pipeline.childEnded")
    StepResult childEnded(StepCall call, ChildRun child);

    /** Asks for the cancel of a child that this step accepted; its end is still waited for. */
    @ActivityMethod(name = "Pipeline.cancelChild")
    void cancelChild(StepCall call, ChildRun child, String reason);

    @ActivityMethod(name = "Pipeline.hook")
    void hook(HookCall call);
}
