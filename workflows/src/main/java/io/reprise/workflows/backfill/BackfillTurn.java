package io.reprise.workflows.backfill;

/** What a backfill is at after it was driven for a while. */
public enum BackfillTurn {
    /** There is more to do. */
    GOES_ON,
    /** No run of it is open and none is started until somebody resumes it, which starts the workflow again. */
    PAUSED,
    ENDED
}
