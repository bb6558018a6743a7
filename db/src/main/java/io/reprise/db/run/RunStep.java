package io.reprise.db.run;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepMode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A step of a run as the ledger shows it.
 *
 * @param outputs JSON object: what it handed to the steps after it
 */
public record RunStep(
        String stepId,
        int position,
        Forward forward,
        Compensation compensation,
        int attempts,
        int undoAttempts,
        OptionalLong rows,
        Optional<StepMode> mode,
        Optional<String> worker,
        Optional<String> error,
        Optional<String> outputs,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<Instant> undoStartedAt,
        Optional<Instant> undoEndedAt) {}
