package io.reprise.workflows.backfill;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunWord;
import io.reprise.workflows.run.WorkflowId;

/** The newest run of a slot, as the ledger has it. */
public record SlotStanding(WorkflowId workflowId, String runId, Forward forward, Compensation compensation) {

    public RunWord word() {
        return RunWord.of(forward, compensation);
    }
}
