package io.reprise.workflows.saga;

import io.reprise.workflows.run.RunOutcome;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.util.function.Supplier;

/** Takes the requests of operators and waits until the run has acted on them. */
final class Operations implements SagaOperations {

    private final SagaRun run;

    Operations(SagaRun run) {
        this.run = run;
    }

    @Override
    public void mayCancel(String reason) {
        atTheDoor(() -> {
            requireReason("cancel the run", reason);
            if (run.isPastReturn()) {
                throw tooLate();
            }
        });
    }

    @Override
    public RunOutcome cancel(String reason) {
        run.askToCancel(reason);
        waitUntil(run::isDecided);
        if (run.isPastReturn()) {
            throw tooLate();
        }
        return run.outcome();
    }

    @Override
    public void mayRetry(String stepId) {
        atTheDoor(() -> openCall("retry", stepId));
    }

    @Override
    public RunOutcome retry(String stepId) {
        InsistentCall<?> call = openCall("retry", stepId);
        call.retry();
        waitUntil(call::hasObeyed);
        return run.outcome();
    }

    @Override
    public void maySkip(String stepId, String reason) {
        atTheDoor(() -> requireSkippable(stepId, reason));
    }

    private void requireSkippable(String stepId, String reason) {
        requireReason("skip '" + stepId + "'", reason);
        InsistentCall<?> call = openCall("skip", stepId);
        if (!run.isDecided()) {
            throw Rejected.UNDECIDED.because(
                    "Expected to skip '" + stepId + "' of " + run
                            + ", but it is not known yet whether it has happened, and that decides about the undo of the others");
        }
        if (!call.isStuck()) {
            throw Rejected.NOT_STUCK.because("Expected to skip '" + stepId + "' of " + run
                    + ", but it is still being tried: only what is STUCK is");
        }
    }

    @Override
    public RunOutcome skip(String stepId, String reason) {
        InsistentCall<?> call = openCall("skip", stepId);
        call.skip(reason);
        waitUntil(call::hasObeyed);
        return run.outcome();
    }

    @Override
    public void mayApprove(String stepId, String by, String reason) {
        atTheDoor(() -> openApproval("approve", stepId, by));
    }

    @Override
    public RunOutcome approve(String stepId, String by, String reason) {
        openApproval("approve", stepId, by).approve(by, reason);
        waitUntil(() -> run.openApproval(stepId).isEmpty());
        return run.outcome();
    }

    @Override
    public void mayReject(String stepId, String by, String reason) {
        atTheDoor(() -> {
            requireReason("reject '" + stepId + "'", reason);
            openApproval("reject", stepId, by);
        });
    }

    @Override
    public RunOutcome reject(String stepId, String by, String reason) {
        openApproval("reject", stepId, by).reject(by, reason);
        waitUntil(() -> run.openApproval(stepId).isEmpty());
        return run.outcome();
    }

    @Override
    public void wake(String stepId) {
        run.wake(stepId);
    }

    @Override
    public RunOutcome outcome() {
        return run.outcome();
    }

    private ApprovalCall openApproval(String verb, String stepId, String by) {
        requireStep(verb, stepId);
        if (by == null || by.isBlank()) {
            throw Rejected.REASON_MISSING.because(
                    "Expected to know who wants to " + verb + " '" + stepId + "', but the name is empty");
        }
        return run.openApproval(stepId)
                .filter(call -> !call.hasEnded())
                .orElseThrow(() -> Rejected.NOT_WAITING.because("Expected to " + verb + " '" + stepId + "' of " + run
                        + ", but it does not wait for anybody's approval"));
    }

    private void requireStep(String verb, String stepId) {
        if (!run.stepIds().contains(stepId)) {
            throw Rejected.UNKNOWN_STEP.because("Expected to " + verb + " '" + stepId + "', but " + run
                    + " has no such step: it has " + run.stepIds());
        }
    }

    private InsistentCall<?> openCall(String verb, String stepId) {
        requireStep(verb, stepId);
        return run.openCall(stepId)
                .orElseThrow(() -> Rejected.NOT_WAITING.because("Expected to " + verb + " '" + stepId + "' of " + run
                        + ", but it is neither being undone nor a step after the pivot that is being done"));
    }

    private ApplicationFailure tooLate() {
        return Rejected.TOO_LATE.because(
                "Expected to cancel " + run + ", but it has passed the point after which nothing is undone");
    }

    private static void requireReason(String wish, String reason) {
        if (reason == null || reason.isBlank()) {
            throw Rejected.REASON_MISSING.because("Expected a reason to " + wish + ", but it is empty");
        }
    }

    /**
     * Refuses before the request is in the run's history. The SDK keeps the type of a refusal there only where it is a cause:
     * a failure of Temporal's own kind would arrive without it.
     */
    private static void atTheDoor(Runnable check) {
        try {
            check.run();
        } catch (ApplicationFailure refused) {
            throw new IllegalStateException(refused.getOriginalMessage(), refused);
        }
    }

    /** Detached: a cancel of the run must not answer the operator in the run's place. */
    private static void waitUntil(Supplier<Boolean> condition) {
        Workflow.newDetachedCancellationScope(() -> Workflow.await(condition)).run();
    }
}
