package io.reprise.activities.saga;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt at a step, or at its undo, came to: what the ledger shows of it.
 *
 * @param undo true for the undo's attempt, false for the forward's
 * @param settlesRun true where the step's success is the run's
 * @param rows how many rows it changed, where that is known
 */
public record StepFact(
        StepKey key,
        String runId,
        LocalDate startedOn,
        int position,
        boolean undo,
        boolean settlesRun,
        Forward forward,
        Compensation compensation,
        int attempt,
        StepMode mode,
        String worker,
        @Nullable Long rows,
        @Nullable String error,
        Instant startedAt,
        Instant endedAt) {

    static StepFact done(StepCall call, Attempt attempt, @Nullable Long rows, Instant startedAt, Instant endedAt) {
        return forward(call, attempt, Forward.SUCCEEDED, rows, null, startedAt, endedAt);
    }

    /** The attempt was rolled back: the step is as it was before, whatever comes of it later. */
    static StepFact failed(StepCall call, Attempt attempt, String error, Instant startedAt, Instant endedAt) {
        return forward(call, attempt, Forward.RUNNING, null, error, startedAt, endedAt);
    }

    private static StepFact forward(
            StepCall call,
            Attempt attempt,
            Forward forward,
            @Nullable Long rows,
            @Nullable String error,
            Instant startedAt,
            Instant endedAt) {
        return new StepFact(
                call.key(),
                call.runId(),
                call.startedOn(),
                call.position(),
                false,
                call.last() && forward == Forward.SUCCEEDED,
                forward,
                Compensation.NONE,
                attempt.number(),
                attempt.local() ? StepMode.LOCAL : StepMode.REGULAR,
                attempt.worker(),
                rows,
                error,
                startedAt,
                endedAt);
    }

    static StepFact undone(UndoCall call, Attempt attempt, Instant startedAt, Instant endedAt) {
        return undo(call, attempt, Compensation.DONE, null, startedAt, endedAt);
    }

    static StepFact undoFailed(UndoCall call, Attempt attempt, String error, Instant startedAt, Instant endedAt) {
        return undo(call, attempt, Compensation.RUNNING, error, startedAt, endedAt);
    }

    private static StepFact undo(
            UndoCall call,
            Attempt attempt,
            Compensation compensation,
            @Nullable String error,
            Instant startedAt,
            Instant endedAt) {
        return new StepFact(
                call.key(),
                call.runId(),
                call.startedOn(),
                call.position(),
                true,
                false,
                Forward.SUCCEEDED,
                compensation,
                attempt.number(),
                StepMode.REGULAR,
                attempt.worker(),
                null,
                error,
                startedAt,
                endedAt);
    }
}
