package io.reprise.db.run;

import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.RunStart;
import io.reprise.workflows.run.StepMode;
import java.util.Optional;

/**
 * What is needed to start a run in Temporal.
 *
 * @param attempt counts from 1
 * @param cancelled why somebody cancelled it after it may have been started: start it, then cancel it there
 */
public record QueuedRun(
        RunRef run,
        String workflowType,
        String taskQueue,
        RunInput input,
        StepMode mode,
        int attempt,
        Optional<String> cancelled) {

    /** A run that was accepted this moment by whoever starts it now. */
    public static QueuedRun accepted(RunRef run, NewRun as) {
        return new QueuedRun(run, as.workflowType(), as.taskQueue(), as.input(), as.mode(), 1, Optional.empty());
    }

    /** The wish to cancel goes with the start: sent after it, it could come when the saga has passed its pivot already. */
    public RunStart start() {
        RunContext context = context(false, 0);
        return start(cancelled.map(context::cancelled).orElse(context));
    }

    /**
     * Starts the same workflow id again, only to undo what its fences say it did.
     *
     * @param revision the ledger's revision of the run: the outcomes of the undo are newer
     */
    public RunStart undo(int revision) {
        return start(context(true, revision));
    }

    private RunContext context(boolean undoOnly, int revision) {
        return new RunContext(
                run.runId(), run.startedOn(), run.workflowId(), mode, RunContext.STUCK_AFTER, undoOnly, revision);
    }

    private RunStart start(RunContext context) {
        return new RunStart(workflowType, taskQueue, context, input.json());
    }
}
