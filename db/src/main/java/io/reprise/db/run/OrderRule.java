package io.reprise.db.run;

import java.util.Arrays;

/** What a run waits for among the runs of its key. */
public enum OrderRule {
    /** Nothing. */
    NONE("none"),
    /** Until those accepted before it were started. */
    START_ORDER("start-order"),
    /** Until those accepted before it ended. */
    PER_KEY("per-key");

    private final String word;

    OrderRule(String word) {
        this.word = word;
    }

    public static OrderRule of(String word) {
        return Arrays.stream(values())
                .filter(rule -> rule.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "cannot order runs by '" + word + "' (expected: none, start-order or per-key)"));
    }

    /** As it stands in triggers and in the ledger. */
    public String word() {
        return word;
    }
}
