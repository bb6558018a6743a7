package io.reprise.db.backfill;

/** What a backfill is at. */
public enum BackfillState {
    RUNNING,
    /** Runs that are open go on; no other is started. */
    PAUSED,
    /** For good: what was not started never is. */
    CANCELLED,
    /** Every slot came to an end, well or not. */
    DONE;

    public boolean isEnded() {
        return switch (this) {
            case RUNNING, PAUSED -> false;
            case CANCELLED, DONE -> true;
        };
    }
}
