package io.reprise.worker.run;

import io.reprise.activities.saga.FenceRow;
import io.reprise.activities.saga.FenceState;
import io.reprise.db.run.StepFact;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepOutcome;
import io.reprise.workflows.saga.Step;
import java.util.List;

/** What the fences of one run say of its steps. A fence that is not there counts as closed: neither did anything. */
record RunFences(List<FenceRow> rows) {

    RunFences {
        rows = List.copyOf(rows);
    }

    FenceState stateOf(Step step) {
        return rows.stream()
                .filter(fence -> fence.key().stepId().equals(step.id()))
                .map(FenceRow::state)
                .findFirst()
                .orElse(FenceState.FENCED);
    }

    boolean isAny(FenceState state) {
        return rows.stream().anyMatch(fence -> fence.state() == state);
    }

    /** A ledger that forgot a run, or was restored, may have taken another one under the same id. */
    boolean isAnyOfAnotherThan(String runId) {
        return rows.stream().anyMatch(fence -> !fence.runId().equals(runId));
    }

    /** Ids of the steps whose effect stands, or may stand. */
    List<String> standing() {
        return rows.stream()
                .filter(fence -> fence.state() == FenceState.DONE || fence.state() == FenceState.RUNNING)
                .map(fence -> fence.key().stepId())
                .toList();
    }

    List<StepOutcome> outcomes(List<Step> declared) {
        return declared.stream()
                .map(step -> switch (stateOf(step)) {
                    case DONE -> new StepOutcome(step.id(), Forward.SUCCEEDED, Compensation.NONE, null);
                    case COMPENSATED -> new StepOutcome(step.id(), Forward.SUCCEEDED, Compensation.DONE, null);
                    case FENCED, RUNNING -> new StepOutcome(step.id(), Forward.QUEUED, Compensation.NONE, null);
                })
                .toList();
    }

    List<StepFact> facts() {
        return rows.stream().flatMap(fence -> fence.facts().stream()).toList();
    }
}
