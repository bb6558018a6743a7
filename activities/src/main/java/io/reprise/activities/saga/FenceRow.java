package io.reprise.activities.saga;

import io.reprise.db.run.StepFact;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.run.StepMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands beside the data about one step: enough to rebuild what the ledger shows of it. */
public record FenceRow(
        StepKey key,
        String runId,
        LocalDate startedOn,
        int position,
        FenceState state,
        int attempt,
        String worker,
        @Nullable Long rows,
        @Nullable Instant startedAt,
        @Nullable Instant doneAt,
        int undoAttempt,
        String undoWorker,
        @Nullable Instant undoneAt) {

    /** What the ledger should have been told. A step that was fenced before it ran did nothing. */
    public List<StepFact> facts() {
        List<StepFact> facts = new ArrayList<>();
        boolean happened = state == FenceState.DONE || state == FenceState.COMPENSATED;
        if (happened && startedAt != null) {
            facts.add(new StepFact.Went(
                    runId,
                    startedOn,
                    key.stepId(),
                    position,
                    Forward.SUCCEEDED,
                    attempt,
                    rows,
                    StepMode.REGULAR,
                    worker,
                    null,
                    startedAt,
                    doneAt));
        }
        if (state == FenceState.COMPENSATED && undoneAt != null) {
            facts.add(new StepFact.Undid(
                    runId,
                    startedOn,
                    key.stepId(),
                    position,
                    Compensation.DONE,
                    undoAttempt,
                    undoWorker,
                    null,
                    undoneAt,
                    undoneAt));
        }
        return facts;
    }
}
