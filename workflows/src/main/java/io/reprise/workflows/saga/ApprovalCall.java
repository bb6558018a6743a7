package io.reprise.workflows.saga;

import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step that waits for a person's word, until its deadline. The first word counts. */
final class ApprovalCall implements ForwardCall {

    private static final String REJECTED = "rejected";
    private static final String UNHEARD = "wait-timeout";

    private final Step step;
    private Promise<Void> limit;
    private final CancellationScope limitScope;
    private Optional<Approved> approval = Optional.empty();
    private Optional<RuntimeException> refusal = Optional.empty();

    ApprovalCall(Step step) {
        this.step = step;
        this.limit = Workflow.newPromise();
        this.limitScope = Workflow.newDetachedCancellationScope(() -> step.terms()
                .deadline()
                .ifPresent(deadline -> limit = Workflow.newTimer(
                        deadline.within(),
                        TimerOptions.newBuilder()
                                .setSummary(step.id() + " is not approved in time")
                                .build())));
        limitScope.run();
    }

    void approve(String by, String reason) {
        if (!hasEnded()) {
            approval = Optional.of(new Approved(by, reason));
            limitScope.cancel("approved");
        }
    }

    void reject(String by, String reason) {
        if (!hasEnded()) {
            refusal =
                    Optional.of(Refusal.because(REJECTED, "'" + step.id() + "' was rejected by " + by + ": " + reason));
            limitScope.cancel(REJECTED);
        }
    }

    @Override
    public void cancel(String reason) {
        if (!hasEnded()) {
            refusal = Optional.of(new CanceledFailure(reason));
            limitScope.cancel(reason);
        }
    }

    @Override
    public Step step() {
        return step;
    }

    @Override
    public boolean hasEnded() {
        return approval.isPresent() || refusal.isPresent() || limit.isCompleted();
    }

    @Override
    public boolean goesOn() {
        return false;
    }

    @Override
    public Optional<RuntimeException> failure() {
        if (approval.isPresent()) {
            return Optional.empty();
        }
        return refusal.or(() -> step.terms().deadline().map(this::unheard));
    }

    private RuntimeException unheard(Deadline deadline) {
        Duration within = deadline.within();
        return Refusal.because(UNHEARD, "'" + step.id() + "' was neither approved nor rejected within " + within);
    }

    @Override
    public @Nullable Object answer() {
        return approval.orElse(null);
    }
}
