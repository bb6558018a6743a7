package io.reprise.workflows.backfill;

import java.util.Arrays;

/** Which slots that have a run already are run again. */
public enum Policy {
    /** None: only slots that have no run. */
    NONE("none"),
    /** Those that failed, too. */
    FAILED("failed"),
    /** All of them. */
    ALL("all");

    private final String word;

    Policy(String word) {
        this.word = word;
    }

    public static Policy of(String word) {
        return Arrays.stream(values())
                .filter(policy -> policy.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "cannot backfill by '" + word + "' (expected: none, failed or all)"));
    }

    /** As it stands in requests and in the ledger. */
    public String word() {
        return word;
    }
}
