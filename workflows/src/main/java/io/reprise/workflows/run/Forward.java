package io.reprise.workflows.run;

/** How far a run, or one step of it, got on its way forward. */
public enum Forward {
    QUEUED,
    RUNNING,
    WAITING,
    STUCK,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
