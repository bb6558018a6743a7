package io.reprise.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.db.run.RunStep;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.saga.Step;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A step of a run, begun or not. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StepView(
        String id,
        int position,
        Forward forward,
        Compensation compensation,
        int attempts,
        int undoAttempts,
        OptionalLong rows,
        Optional<StepMode> mode,
        Optional<String> worker,
        Optional<String> error,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<Instant> undoStartedAt,
        Optional<Instant> undoEndedAt) {

    static StepView of(RunStep step) {
        return new StepView(
                step.stepId(),
                step.position(),
                step.forward(),
                step.compensation(),
                step.attempts(),
                step.undoAttempts(),
                step.rows(),
                step.mode(),
                step.worker(),
                step.error(),
                step.startedAt(),
                step.endedAt(),
                step.undoStartedAt(),
                step.undoEndedAt());
    }

    static StepView notBegun(Step declared) {
        return new StepView(
                declared.id(),
                declared.position(),
                Forward.QUEUED,
                Compensation.NONE,
                0,
                0,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
