package io.reprise.workflows.run;

/** How forward steps are executed first. Chosen at acceptance and kept in the run's input, so that a replay chooses alike. */
public enum StepMode {
    /** As activities that Temporal schedules and records one by one. */
    REGULAR,
    /** Inside the workflow task; a failure or slowness sends the same step on as a regular activity under the same key. */
    LOCAL
}
