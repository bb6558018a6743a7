package io.reprise.db.backfill;

import java.util.Arrays;

/** Which definition the runs of a backfill are made from. */
public enum DefinitionRule {
    /** What was current when the backfill was asked for. */
    CURRENT("current"),
    /** What was current when each slot ended. */
    AS_OF("as-of");

    private final String word;

    DefinitionRule(String word) {
        this.word = word;
    }

    public static DefinitionRule of(String word) {
        return Arrays.stream(values())
                .filter(rule -> rule.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "cannot backfill with the definition '" + word + "' (expected: current or as-of)"));
    }

    /** As it stands in requests and in the ledger. */
    public String word() {
        return word;
    }
}
