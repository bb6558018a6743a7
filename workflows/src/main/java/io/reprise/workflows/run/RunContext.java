package io.reprise.workflows.run;

import java.time.Duration;
import java.time.LocalDate;

/**
 * The first argument of every run's workflow: what the ledger fixed when it accepted the run.
 *
 * @param startedOn the ledger's partition of this run
 * @param stuckAfter how long an undo may fail before it is shown as STUCK while it goes on
 * @param undoOnly true where a terminated run is started again only to undo what its fences say it did
 * @param revision the ledger's revision of this run at this start: outcomes of this execution are numbered after it
 */
public record RunContext(
        String runId,
        LocalDate startedOn,
        WorkflowId workflowId,
        StepMode mode,
        Duration stuckAfter,
        boolean undoOnly,
        int revision) {

    public static final Duration STUCK_AFTER = Duration.ofSeconds(60);
}
