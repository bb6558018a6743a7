package io.reprise.catalog.trigger;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is known of records beside their value. */
enum RecordFact {
    TOPIC,
    PARTITION,
    /** The key as text, or in base64 where it is none. */
    KEY,
    TIMESTAMP,
    /** The offset of the first record of the run. */
    FIRST_OFFSET,
    /** The offset of the last record of the run: the same, unless records are batched. */
    LAST_OFFSET,
    /** How many records the run stands for. */
    RECORDS;

    static final String SIGN = "@";

    /** As it is written in a trigger. */
    String word() {
        return SIGN + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether records of one batch may differ in it, and make a run each. */
    boolean partsBatches() {
        return this == TIMESTAMP;
    }

    static Optional<RecordFact> of(String word) {
        return Arrays.stream(values()).filter(fact -> fact.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(RecordFact::word).toList();
    }
}
