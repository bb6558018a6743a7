package io.reprise.workflows.saga;

import io.reprise.workflows.run.RunOutcome;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;

/**
 * What an operator may ask of a running saga. A refused request fails with an application failure, the
 * innermost cause, of one of the types named in {@link Rejected}.
 */
@WorkflowInterface
public interface SagaOperations {

    /** Undoes the run. Refused with {@code too-late} where its pivot has happened: the run goes on. */
    @UpdateMethod(name = "cancel")
    RunOutcome cancel(String reason);

    /** Replaces the waiting attempt of an undo, or of a step after the pivot, by a new one now. */
    @UpdateMethod(name = "retry")
    RunOutcome retry(String stepId);

    /** Gives up the undo of a step, or a step after the pivot, that is STUCK; the reason stays in the outcome. */
    @UpdateMethod(name = "skip")
    RunOutcome skip(String stepId, String reason);

    /** Lets a step that waits for a person go on. The first word counts. */
    @UpdateMethod(name = "approve")
    RunOutcome approve(String stepId, String by, String reason);

    /** Fails a step that waits for a person, with the reason {@code rejected}. */
    @UpdateMethod(name = "reject")
    RunOutcome reject(String stepId, String by, String reason);

    /**
     * Has a step look for what is watched for on its behalf. It may come twice, and for a step that waits for nothing; no
     * operator needs it.
     */
    @SignalMethod(name = "wake")
    void wake(String stepId);

    @QueryMethod(name = "outcome")
    RunOutcome outcome();

    @UpdateValidatorMethod(updateName = "cancel")
    void mayCancel(String reason);

    @UpdateValidatorMethod(updateName = "retry")
    void mayRetry(String stepId);

    @UpdateValidatorMethod(updateName = "skip")
    void maySkip(String stepId, String reason);

    @UpdateValidatorMethod(updateName = "approve")
    void mayApprove(String stepId, String by, String reason);

    @UpdateValidatorMethod(updateName = "reject")
    void mayReject(String stepId, String by, String reason);
}
