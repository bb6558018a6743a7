package io.reprise.catalog.schedule;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of slots whose firing passed while nothing was running. */
public enum MissedPolicy {
    @JsonProperty("all")
    ALL,
    @JsonProperty("latest")
    LATEST,
    @JsonProperty("none")
    NONE
}
