package io.reprise.db.backfill;

import java.util.Arrays;

/** Which slots of a backfill are run first. */
public enum SlotOrder {
    NEWEST("newest"),
    OLDEST("oldest");

    private final String word;

    SlotOrder(String word) {
        this.word = word;
    }

    public static SlotOrder of(String word) {
        return Arrays.stream(values())
                .filter(order -> order.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "cannot backfill the '" + word + "' slots first (expected: newest or oldest)"));
    }

    /** As it stands in requests and in the ledger. */
    public String word() {
        return word;
    }
}
