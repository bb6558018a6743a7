package io.reprise.catalog.contract;

import io.reprise.catalog.shared.FilePlace;
import java.util.Comparator;
import java.util.OptionalInt;

/**
 * One thing that keeps a contract from being released.
 *
 * @param version which brought it in; 0 for the contract itself
 * @param against the version that it does not go with
 * @param path in the schema of the version, as a JSON pointer
 * @param place where that is written
 * @param words what was found, and what was expected
 */
public record Finding(
        Rule rule, String subject, int version, OptionalInt against, String path, FilePlace place, String words)
        implements Comparable<Finding> {

    private static final Comparator<Finding> BY_PLACE = Comparator.comparing(Finding::subject)
            .thenComparingInt(Finding::version)
            .thenComparing(it -> it.place().file())
            .thenComparingInt(it -> it.place().line())
            .thenComparingInt(it -> it.place().column())
            .thenComparing(Finding::rule)
            .thenComparingInt(it -> it.against().orElse(0))
            .thenComparing(Finding::path)
            .thenComparing(Finding::words);

    @Override
    public int compareTo(Finding other) {
        return BY_PLACE.compare(this, other);
    }

    @Override
    public String toString() {
        return place.file() + ":" + place.line() + ":" + place.column() + (path.isEmpty() ? "" : " " + path) + ": "
                + rule.written() + ": " + words + "; " + rule.advice();
    }
}
