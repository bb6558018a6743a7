package io.reprise.catalog.trigger;

import java.util.Locale;

/** What a run waits for among those that a trigger started for the same key. */
public enum KeyOrder {
    PER_KEY,
    START_ORDER,
    NONE;

    /** As it is written in triggers and in the ledger. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
