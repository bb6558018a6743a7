package io.reprise.workflows.saga;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of the steps that are done when their run fails or is cancelled. */
public enum FailurePolicy {
    /** Every declared step that has an undo is undone. */
    @JsonProperty("undo")
    UNDO,
    /** They are kept, so that the run may be repeated from a step, or undone when somebody asks for it. */
    @JsonProperty("hold")
    HOLD
}
