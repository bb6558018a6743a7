package io.reprise.activities.pipeline;

import io.reprise.workflows.pipeline.ChildRun;
import io.reprise.workflows.pipeline.HookCall;
import io.reprise.workflows.pipeline.PipelineStep;
import io.reprise.workflows.pipeline.PipelineSteps;
import io.reprise.workflows.pipeline.StepResult;
import io.reprise.workflows.saga.StepCall;

/** Runs other pipelines as steps of one, and calls its hooks. */
public final class PipelineActivities implements PipelineSteps {

    private final ChildRuns children;
    private final HookDelivery hooks;

    PipelineActivities(ChildRuns children, HookDelivery hooks) {
        this.children = children;
        this.hooks = hooks;
    }

    @Override
    public ChildRun child(StepCall call, PipelineStep step) {
        return children.accept(call, step);
    }

    @Override
    public StepResult childEnded(StepCall call, ChildRun child) {
        return children.look(child);
    }

    @Override
    public void cancelChild(StepCall call, ChildRun child, String reason) {
        if (child.own()) {
            children.cancel(child, reason);
        }
    }

    @Override
    public void hook(HookCall call) {
        hooks.deliver(call);
    }
}
