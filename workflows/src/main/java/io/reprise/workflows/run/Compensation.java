package io.reprise.workflows.run;

/** How far the undo of a run, or of one step of it, got. {@code PARTIAL}: an operator skipped at least one undo. */
public enum Compensation {
    NONE,
    RUNNING,
    STUCK,
    DONE,
    PARTIAL;

    public boolean isFinal() {
        return this == NONE || this == DONE || this == PARTIAL;
    }
}
