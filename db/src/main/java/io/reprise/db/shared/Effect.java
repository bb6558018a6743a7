package io.reprise.db.shared;

import java.util.Optional;

/** What becomes of one name when a catalog is applied. */
public enum Effect {
    ADDED,
    CHANGED,
    REMOVED,
    UNCHANGED;

    /** From what is there before, and what will be; one of them at least. */
    public static <T> Effect of(Optional<T> before, Optional<T> after) {
        if (before.isEmpty()) {
            return ADDED;
        }
        if (after.isEmpty()) {
            return REMOVED;
        }
        return before.equals(after) ? UNCHANGED : CHANGED;
    }
}
