package io.reprise.workflows.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Where the definition has something to tell the world: on what occasion, of the whole run or of one step.
 *
 * @param step the step's id; null for the run
 */
public record HookPoint(
        Occasion on,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String step) {

    /** When a hook is called. */
    public enum Occasion {
        @JsonProperty("success")
        SUCCESS,
        /** Once, when the run has failed and its undo, if any, has ended. */
        @JsonProperty("failure")
        FAILURE,
        /** When an undo has ended, after a failure or a cancel. */
        @JsonProperty("undo")
        UNDO,
        /** When a step of the run cannot go on without a person. */
        @JsonProperty("stuck")
        STUCK
    }

    public static HookPoint ofRun(Occasion on) {
        return new HookPoint(on, null);
    }

    public static HookPoint ofStep(Occasion on, String step) {
        return new HookPoint(on, step);
    }
}
