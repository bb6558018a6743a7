package io.reprise.activities.saga;

import io.reprise.db.run.RunRef;
import io.reprise.db.run.StepFact;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt at a step, or at its undo, came to.
 *
 * @param succeeded the run that succeeded with this step, where it was its last
 */
public record StepEntry(StepFact fact, Optional<RunRef> succeeded) {

    static StepEntry done(StepCall call, Attempt attempt, @Nullable Long rows, Instant startedAt, Instant endedAt) {
        return done(call, attempt, rows, Optional.empty(), startedAt, endedAt);
    }

    static StepEntry done(
            StepCall call,
            Attempt attempt,
            @Nullable Long rows,
            Optional<String> outputs,
            Instant startedAt,
            Instant endedAt) {
        Optional<RunRef> succeeded = call.last()
                ? Optional.of(
                        new RunRef(call.runId(), call.startedOn(), call.key().workflowId()))
                : Optional.empty();
        return new StepEntry(
                went(call, attempt, Forward.SUCCEEDED, rows, null, outputs, startedAt, endedAt), succeeded);
    }

    /** The attempt was rolled back: the step is as it was before, whatever comes of it later. */
    static StepEntry failed(StepCall call, Attempt attempt, String error, Instant startedAt, Instant endedAt) {
        return new StepEntry(
                went(call, attempt, Forward.RUNNING, null, error, Optional.empty(), startedAt, endedAt),
                Optional.empty());
    }

    static StepEntry undone(UndoCall call, Attempt attempt, Instant startedAt, Instant endedAt) {
        return new StepEntry(undid(call, attempt, Compensation.DONE, null, startedAt, endedAt), Optional.empty());
    }

    static StepEntry undoFailed(UndoCall call, Attempt attempt, String error, Instant startedAt, Instant endedAt) {
        return new StepEntry(undid(call, attempt, Compensation.RUNNING, error, startedAt, endedAt), Optional.empty());
    }

    private static StepFact went(
            StepCall call,
            Attempt attempt,
            Forward forward,
            @Nullable Long rows,
            @Nullable String error,
            Optional<String> outputs,
            Instant startedAt,
            Instant endedAt) {
        return new StepFact.Went(
                call.runId(),
                call.startedOn(),
                call.key().stepId(),
                call.position(),
                forward,
                attempt.number(),
                rows,
                attempt.local() ? StepMode.LOCAL : StepMode.REGULAR,
                attempt.worker(),
                error,
                outputs.orElse(null),
                startedAt,
                endedAt);
    }

    private static StepFact undid(
            UndoCall call,
            Attempt attempt,
            Compensation compensation,
            @Nullable String error,
            Instant startedAt,
            Instant endedAt) {
        return new StepFact.Undid(
                call.runId(),
                call.startedOn(),
                call.key().stepId(),
                call.position(),
                compensation,
                attempt.number(),
                attempt.worker(),
                error,
                startedAt,
                endedAt);
    }
}
