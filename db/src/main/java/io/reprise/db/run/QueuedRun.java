package io.reprise.db.run;

import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.StepMode;

/**
 * What is needed to start a run in Temporal.
 *
 * @param attempt counts from 1
 * @param cancelRequested somebody cancelled it after it may have been started: start it, then cancel it there
 */
public record QueuedRun(
        RunRef run,
        String workflowType,
        String taskQueue,
        RunInput input,
        StepMode mode,
        int attempt,
        boolean cancelRequested) {}
