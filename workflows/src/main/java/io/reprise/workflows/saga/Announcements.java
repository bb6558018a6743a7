package io.reprise.workflows.saga;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.SearchAttributes;
import io.reprise.workflows.saga.InsistentCall.Target;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/**
 * Tells the ledger and Temporal's own pages what became of a run that does not simply succeed. On its way it does not wait
 * for the ledger; at the end it does.
 */
final class Announcements {

    private static final String SETTLE = "Run.settle";
    private static final Duration LATE = Duration.ofMinutes(1);
    private static final ActivityOptions OPTIONS = ActivityOptions.newBuilder()
            .setStartToCloseTimeout(StepTerms.USUAL.attemptTimeout())
            .setRetryOptions(Retry.PATIENT.options())
            .setSummary("ledger")
            .build();

    private record Told(Forward forward, Compensation compensation, List<String> stuckSteps) {

        static Told of(RunOutcome outcome) {
            return new Told(outcome.forward(), outcome.compensation(), outcome.stuckSteps());
        }
    }

    private Told told = new Told(Forward.RUNNING, Compensation.NONE, List.of());

    boolean isNews(RunOutcome outcome) {
        return !told.equals(Told.of(outcome));
    }

    boolean saysStuck() {
        return told.forward() == Forward.STUCK;
    }

    void announce(RunOutcome outcome) {
        show(outcome);
        Workflow.newUntypedActivityStub(OPTIONS).executeAsync(SETTLE, Void.class, outcome);
    }

    void conclude(RunOutcome outcome) {
        show(outcome);
        var settlement =
                new InsistentCall<>(new Target<>("ledger", SETTLE, Void.class, OPTIONS, List.of(outcome)), LATE);
        while (!settlement.hasEnded()) {
            Workflow.await(settlement::hasNews);
            settlement.advance();
        }
    }

    private void show(RunOutcome outcome) {
        told = Told.of(outcome);
        Workflow.upsertTypedSearchAttributes(
                SearchAttributes.FORWARD.valueSet(told.forward().name()),
                SearchAttributes.COMPENSATION.valueSet(told.compensation().name()),
                SearchAttributes.STUCK_STEPS.valueSet(told.stuckSteps()));
        Workflow.setCurrentDetails(details(outcome));
    }

    private static String details(RunOutcome outcome) {
        StringBuilder text = new StringBuilder("Forward " + outcome.forward() + ", undo " + outcome.compensation());
        if (outcome.reason() != null) {
            text.append(", because of ").append(outcome.reason());
        }
        outcome.steps()
                .forEach(step -> text.append("\n* ")
                        .append(step.stepId())
                        .append(": ")
                        .append(step.forward())
                        .append(", undo ")
                        .append(step.compensation()));
        return text.toString();
    }
}
