package io.reprise.db.run;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepMode;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What happened to one step of a run, forward or back. */
public sealed interface StepFact {

    String runId();

    LocalDate startedOn();

    String stepId();

    /**
     * An attempt forward.
     *
     * @param attempt counts from 1
     * @param rows how many rows it changed
     * @param outputs JSON object: what it hands to the steps after it
     */
    record Went(
            String runId,
            LocalDate startedOn,
            String stepId,
            int position,
            Forward forward,
            int attempt,
            @Nullable Long rows,
            StepMode mode,
            String worker,
            @Nullable String error,
            @Nullable String outputs,
            Instant startedAt,
            @Nullable Instant endedAt)
            implements StepFact {

        public Went(
                String runId,
                LocalDate startedOn,
                String stepId,
                int position,
                Forward forward,
                int attempt,
                @Nullable Long rows,
                StepMode mode,
                String worker,
                @Nullable String error,
                Instant startedAt,
                @Nullable Instant endedAt) {
            this(
                    runId, startedOn, stepId, position, forward, attempt, rows, mode, worker, error, null, startedAt,
                    endedAt);
        }
    }

    /** An attempt to undo. */
    record Undid(
            String runId,
            LocalDate startedOn,
            String stepId,
            int position,
            Compensation compensation,
            int attempt,
            String worker,
            @Nullable String error,
            Instant startedAt,
            @Nullable Instant endedAt)
            implements StepFact {}
}
