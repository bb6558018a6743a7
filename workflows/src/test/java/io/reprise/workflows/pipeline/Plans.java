package io.reprise.workflows.pipeline;

import io.reprise.workflows.run.Name;
import io.reprise.workflows.saga.Deadline;
import io.reprise.workflows.saga.FailurePolicy;
import io.reprise.workflows.saga.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans for tests: every step runs on the queue of the test's worker, in attempts that end soon. */
final class Plans {

    private static final String QUEUE = "test";
    private static final Duration ATTEMPT = Duration.ofSeconds(1);

    static final PlannedTerms FENCED =
            PlannedTerms.fenced(Retry.PATIENT, ATTEMPT).locally();
    static final PlannedTerms ONCE = PlannedTerms.fenced(Retry.attempts(1), ATTEMPT);
    static final PlannedTerms HOUR = new PlannedTerms(
            new Retry(Retry.ENDLESS, Duration.ofSeconds(30), 1, Duration.ofSeconds(30)),
            ATTEMPT,
            null,
            new Deadline(Duration.ofHours(1), PlannedTerms.WAIT_TIMEOUT),
            false,
            false);

    private final FailurePolicy failure;
    private final List<PlannedStep> steps = new ArrayList<>();
    private final List<PlannedStep> last = new ArrayList<>();
    private final List<HookPoint> hooks = new ArrayList<>();

    private Plans(FailurePolicy failure) {
        this.failure = failure;
    }

    static Plans undoing() {
        return new Plans(FailurePolicy.UNDO);
    }

    static Plans holding() {
        return new Plans(FailurePolicy.HOLD);
    }

    Plans step(PlannedStep step) {
        steps.add(step);
        return this;
    }

    /** A fenced step with an undo. */
    Plans sql(String id, String... needs) {
        return step(sql(id, StepTurn.after(needs), StepEnd.UNDONE));
    }

    Plans wait(String id, String... needs) {
        return step(new PlannedStep(id, StepKind.WAIT, QUEUE, StepTurn.after(needs), HOUR, StepEnd.PLAIN));
    }

    Plans approval(String id, String... needs) {
        return step(new PlannedStep(id, StepKind.APPROVAL, QUEUE, StepTurn.after(needs), HOUR, StepEnd.PLAIN));
    }

    Plans topic(String id, String... needs) {
        return step(new PlannedStep(id, StepKind.TOPIC, QUEUE, StepTurn.after(needs), HOUR, StepEnd.PLAIN));
    }

    Plans child(String id, String... needs) {
        return step(new PlannedStep(id, StepKind.PIPELINE, QUEUE, StepTurn.after(needs), HOUR, StepEnd.PLAIN));
    }

    Plans last(String id) {
        last.add(sql(id, StepTurn.after(), StepEnd.PLAIN));
        return this;
    }

    Plans hook(HookPoint hook) {
        hooks.add(hook);
        return this;
    }

    static PlannedStep sql(String id, StepTurn turn, StepEnd end) {
        return new PlannedStep(id, StepKind.SQL, QUEUE, turn, FENCED, end);
    }

    static PlannedStep once(String id, StepTurn turn, StepEnd end) {
        return new PlannedStep(id, StepKind.SQL, QUEUE, turn, ONCE, end);
    }

    static PlannedStep within(String id, Deadline deadline, String... needs) {
        return new PlannedStep(id, StepKind.SQL, QUEUE, StepTurn.after(needs), FENCED.within(deadline), StepEnd.UNDONE);
    }

    Plan plan() {
        return new Plan(new Name("test"), failure, steps, last, hooks);
    }

    PipelineInput input() {
        return PipelineInput.of(Samples.DEFINITION, plan(), Samples.SLOT, Map.of("region", "EU"));
    }
}
