package io.reprise.workflows.saga;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Closes the fence of a step that has no undo: how a cancel is decided against a pivot. */
@ActivityInterface
public interface FenceSteps {

    /** FENCED where the step had not happened and now never can, TOO_LATE where it has. */
    @ActivityMethod(name = "Saga.fence")
    Undone fence(UndoCall call);
}
