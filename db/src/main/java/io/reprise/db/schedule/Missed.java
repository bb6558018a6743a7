package io.reprise.db.schedule;

import java.util.Arrays;

/** Which slots are run that fell due while nothing could start them. */
public enum Missed {
    ALL("all"),
    LATEST("latest"),
    NONE("none");

    private final String word;

    Missed(String word) {
        this.word = word;
    }

    public static Missed of(String word) {
        return Arrays.stream(values())
                .filter(missed -> missed.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "cannot run '" + word + "' of the missed slots (expected: all, latest or none)"));
    }

    /** As it stands in catalogs and in the ledger. */
    public String word() {
        return word;
    }
}
