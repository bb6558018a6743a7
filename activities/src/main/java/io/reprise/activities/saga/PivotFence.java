package io.reprise.activities.saga;

import io.reprise.workflows.saga.FenceSteps;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;

/** Decides a cancel against a pivot: whoever reaches the fence first has won. */
public final class PivotFence implements FenceSteps {

    private final FencedSteps steps;

    public PivotFence(FencedSteps steps) {
        this.steps = steps;
    }

    @Override
    public Undone fence(UndoCall call) {
        return steps.fence(call);
    }
}
