package io.reprise.activities.stream;

/** What becomes of a committed record. Each is one of these, and so the sum is what was committed. */
public enum Fate {
    LOADED,
    /** Loaded after its day was taken for complete. */
    LATE,
    /** Late, and in the table beside. */
    ASIDE,
    /** Late, and counted only. */
    DROPPED,
    FILTERED,
    TOMBSTONE,
    DEAD;

    boolean isRow() {
        return this == LOADED || this == LATE;
    }
}
