package io.reprise.workflows.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The first argument of every run's workflow: what the ledger fixed when it accepted the run.
 *
 * @param startedOn the ledger's partition of this run
 * @param stuckAfter how long an undo may fail before it is shown as STUCK while it goes on
 * @param undoOnly true where a terminated run is started again only to undo what its fences say it did
 * @param revision the ledger's revision of this run at this start: outcomes of this execution are numbered after it
 * @param cancelled why the run is to be cancelled, where somebody asked for it before this start: it takes no step
 */
public record RunContext(
        String runId,
        LocalDate startedOn,
        WorkflowId workflowId,
        StepMode mode,
        Duration stuckAfter,
        boolean undoOnly,
        int revision,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String cancelled) {

    public static final Duration STUCK_AFTER = Duration.ofSeconds(60);

    public RunContext(
            String runId,
            LocalDate startedOn,
            WorkflowId workflowId,
            StepMode mode,
            Duration stuckAfter,
            boolean undoOnly,
            int revision) {
        this(runId, startedOn, workflowId, mode, stuckAfter, undoOnly, revision, null);
    }

    /** The same run, of which somebody has said already that it is not wanted. */
    public RunContext cancelled(String reason) {
        return new RunContext(runId, startedOn, workflowId, mode, stuckAfter, undoOnly, revision, reason);
    }
}
