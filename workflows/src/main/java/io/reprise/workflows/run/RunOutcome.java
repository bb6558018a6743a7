package io.reprise.workflows.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Both outcomes of a run at one moment, with its steps.
 *
 * @param revision grows with every outcome of one run, so that a late writer cannot overwrite a newer one
 * @param reason the stable type of the original failure, such as {@code out-of-stock}
 * @param failure the message of the original failure
 */
public record RunOutcome(
        String runId,
        LocalDate startedOn,
        WorkflowId workflowId,
        int revision,
        Forward forward,
        Compensation compensation,
        @Nullable String reason,
        @Nullable String failure,
        List<StepOutcome> steps) {

    public RunOutcome {
        steps = List.copyOf(steps);
    }

    /** Ids of the steps at which the run cannot go on without a person. */
    public List<String> stuckSteps() {
        return steps.stream()
                .filter(StepOutcome::isStuck)
                .map(StepOutcome::stepId)
                .toList();
    }

    @JsonIgnore
    public boolean isFinal() {
        return forward.isFinal() && compensation.isFinal();
    }
}
