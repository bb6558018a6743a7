package io.reprise.workflows.run;

/** How far a run, or one step of it, got on its way forward. Only a step is ever SKIPPED: its turn came, and it was not done. */
public enum Forward {
    QUEUED,
    RUNNING,
    WAITING,
    STUCK,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    SKIPPED;

    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
