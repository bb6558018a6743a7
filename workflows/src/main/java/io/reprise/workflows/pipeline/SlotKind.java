package io.reprise.workflows.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;

/** For how long a slot stands. */
public enum SlotKind {
    @JsonProperty("hour")
    HOUR,
    @JsonProperty("day")
    DAY,
    @JsonProperty("month")
    MONTH
}
