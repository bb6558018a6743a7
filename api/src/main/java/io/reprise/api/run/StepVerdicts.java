package io.reprise.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/** What became of a verb on many steps. */
public record StepVerdicts(List<Verdict> items) {

    public StepVerdicts {
        items = List.copyOf(items);
    }

    /** What became of it at one step. */
    public enum Result {
        PLANNED,
        ASKED,
        REFUSED,
        UNANSWERED
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Verdict(String runId, String workflowId, String step, Result result, Optional<String> detail) {

        static Verdict of(StuckSteps.StuckStep step, Result result, Optional<String> detail) {
            return new Verdict(
                    step.run().ref().runId(), step.run().ref().workflowId().value(), step.stepId(), result, detail);
        }
    }

    static StepVerdicts planned(List<StuckSteps.StuckStep> steps) {
        return new StepVerdicts(steps.stream()
                .map(step -> Verdict.of(step, Result.PLANNED, Optional.empty()))
                .toList());
    }
}
