package io.reprise.db.run;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunWord;
import io.reprise.workflows.run.StepMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run as the ledger shows it.
 *
 * @param definition hash of the definition that it was made from
 * @param admitted there was room for it within its bounds
 */
public record Run(
        RunRef ref,
        long seq,
        String workflowType,
        String taskQueue,
        String feature,
        String name,
        Optional<String> slot,
        int generation,
        RunOrder order,
        Optional<String> definition,
        Optional<RunBounds> bounds,
        boolean admitted,
        String source,
        StepMode mode,
        Forward forward,
        Compensation compensation,
        int revision,
        Optional<String> reason,
        Optional<String> failure,
        List<String> stuckSteps,
        Optional<String> temporalRunId,
        boolean cancelRequested,
        Optional<String> cancelReason,
        Instant acceptedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Instant updatedAt,
        int startAttempts,
        Optional<String> startError) {

    public Run {
        stuckSteps = List.copyOf(stuckSteps);
    }

    public RunWord word() {
        return RunWord.of(forward, compensation);
    }

    public boolean isEnded() {
        return endedAt.isPresent();
    }
}
