package io.reprise.workflows.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/** Where one step of a run stands. */
public record StepOutcome(
        String stepId,
        Forward forward,
        Compensation compensation,
        @Nullable String error) {

    @JsonIgnore
    public boolean isStuck() {
        return forward == Forward.STUCK || compensation == Compensation.STUCK;
    }
}
