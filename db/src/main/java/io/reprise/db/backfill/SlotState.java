package io.reprise.db.backfill;

/** What a slot of a backfill is at. */
public enum SlotState {
    PLANNED,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED,
    /** It is left as it was. */
    SKIPPED
}
