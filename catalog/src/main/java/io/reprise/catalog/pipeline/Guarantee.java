package io.reprise.catalog.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is promised of a step that may be attempted more than once. */
public enum Guarantee {
    /** Happens once: its fence commits with it. */
    @JsonProperty("fenced")
    FENCED,
    /** May happen more than once, and says that this changes nothing. */
    @JsonProperty("idempotent")
    IDEMPOTENT,
    /** May happen more than once. */
    @JsonProperty("at-least-once")
    AT_LEAST_ONCE
}
