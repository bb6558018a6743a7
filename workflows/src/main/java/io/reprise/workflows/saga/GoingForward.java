package io.reprise.workflows.saga;

import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a run from step to step, as far as it goes. */
final class GoingForward {

    private final Saga<?> saga;
    private final Flow flow;
    private final Logbook logbook;
    private final Progress progress;
    private final StepCalls calls;
    private final OpenCalls open;
    private final CancelWish cancel;
    private boolean settledByLastStep;

    GoingForward(Saga<?> saga, Flow flow, Logbook logbook, StepCalls calls, OpenCalls open, CancelWish cancel) {
        this.saga = saga;
        this.flow = flow;
        this.logbook = logbook;
        this.progress = logbook.progress();
        this.calls = calls;
        this.open = open;
        this.cancel = cancel;
    }

    /** Empty once every step is over; past the pivot it cannot end otherwise. */
    Optional<Stop> untilTheEnd() {
        while (!progress.isForwardDone()) {
            if (isToBeCancelled()) {
                return Optional.of(Stop.cancelled(cancel.reason()));
            }
            beginWhatIsDue();
            if (progress.isForwardDone()) {
                break;
            }
            logbook.announceNews();
            Workflow.await(() -> open.hasNews() || isToBeCancelled());
            Optional<Stop> failure = takeNews();
            if (failure.isPresent()) {
                return failure;
            }
            open.advance(saga.steps(), this::takeNewsOf);
            logbook.announceStuck();
        }
        return Optional.empty();
    }

    private boolean isToBeCancelled() {
        return cancel.isThere() && !progress.isPastPivot();
    }

    /** A pivot that happened without being seen: whose answers are needed is done again, and told by its fence. */
    void pivotHappened() {
        progress.pivotHappened(step -> !flow.hasAnswerOf(step) && step.terms().fenced());
        open.forgetForwards();
    }

    /** Does what is done at the end of every run. What comes of it is shown, and changes nothing of how the run ended. */
    void finalSteps() {
        while (!progress.isEndDone()) {
            progress.startableAtTheEnd().forEach(this::begin);
            if (!progress.isEndDone()) {
                Workflow.await(open::hasNews);
                takeNews();
            }
        }
    }

    /** Whether the ledger was told of the success together with the last step, and of nothing else before. */
    boolean isSettledByLastStep() {
        return settledByLastStep && logbook.isBlank();
    }

    /** What is skipped may make room for others at once. */
    private void beginWhatIsDue() {
        List<Step> due = progress.startable();
        while (!due.isEmpty()) {
            due.forEach(this::begin);
            due = progress.startable();
        }
    }

    private void begin(Step step) {
        switch (flow.due(step)) {
            case Flow.Due.Skip(String reason) -> progress.skipped(step, reason);
            case Flow.Due.Refuse(RuntimeException failure) -> {
                progress.began(step);
                open.add(new RefusedCall(step, failure));
            }
            case Flow.Due.Run(Object input) -> begin(step, input);
        }
    }

    private void begin(Step step, Object input) {
        boolean last = saga.isLast(step) && logbook.isBlank() && progress.isKnownBut(step);
        settledByLastStep |= last;
        progress.began(step);
        if (mustSucceed(step) && step.work() instanceof Work.Activity activity) {
            open.add(step, calls.onlyForward(step, activity, input, last));
        } else {
            open.add(calls.forward(step, input, last));
        }
    }

    private boolean mustSucceed(Step step) {
        return switch (step.kind()) {
            case UNDOABLE, PIVOT -> progress.isPastPivot();
            case ONLY_FORWARD -> !step.continues();
            case FINAL -> false;
        };
    }

    private Optional<Stop> takeNews() {
        Optional<Stop> first = Optional.empty();
        for (ForwardCall call : open.takeEnded()) {
            Step step = call.step();
            Optional<RuntimeException> failure = call.failure();
            if (failure.isEmpty()) {
                succeeded(step, call.answer());
            } else {
                progress.failed(step, Stop.messageOf(failure.get()));
                first = first.or(() -> stopBy(step, failure.get()));
            }
        }
        return first;
    }

    private static Optional<Stop> stopBy(Step step, RuntimeException failure) {
        return step.continues() ? Optional.empty() : Optional.of(Stop.failed(step, failure));
    }

    private void succeeded(Step step, @Nullable Object answer) {
        flow.answered(step, answer);
        progress.succeeded(step);
    }

    private void takeNewsOf(Step step, InsistentCall<?> call) {
        if (call.isStuck()) {
            progress.stuck(step, call.error());
        } else if (!call.hasEnded()) {
            progress.began(step);
        } else if (call.isGivenUp()) {
            progress.cancelled(step, call.error());
        } else {
            succeeded(step, call.answer().orElse(null));
        }
    }
}
