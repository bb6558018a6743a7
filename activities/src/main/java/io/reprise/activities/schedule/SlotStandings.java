package io.reprise.activities.schedule;

import io.reprise.db.run.Run;
import io.reprise.workflows.backfill.SlotStanding;

/** Shows runs of the ledger to those who choose by them. */
public final class SlotStandings {

    private SlotStandings() {}

    public static SlotStanding of(Run run) {
        return new SlotStanding(run.ref().workflowId(), run.ref().runId(), run.forward(), run.compensation());
    }
}
