package io.reprise.db.run;

import io.reprise.db.shared.Ulid;
import io.reprise.workflows.run.WorkflowId;
import java.time.LocalDate;

/** Which run: its id, the partition that follows from the id, and its id in Temporal. */
public record RunRef(String runId, LocalDate startedOn, WorkflowId workflowId) {

    static RunRef of(Ulid id, WorkflowId workflowId) {
        return new RunRef(id.value(), id.day(), workflowId);
    }
}
