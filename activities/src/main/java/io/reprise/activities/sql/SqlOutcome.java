package io.reprise.activities.sql;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What one statement did.
 *
 * @param changed rows that it changed
 * @param answered rows that it answered, all of them counted
 * @param columns their names; empty where it answers none
 * @param first the first of those rows, as many as were asked for
 */
public record SqlOutcome(long changed, long answered, List<String> columns, List<List<SqlValue>> first, Duration took) {

    public SqlOutcome {
        columns = List.copyOf(columns);
        first = first.stream().map(List::copyOf).toList();
    }

    public boolean answersRows() {
        return !columns.isEmpty();
    }

    /** The rows that it changed or answered. */
    public long rows() {
        return answersRows() ? answered : changed;
    }

    OptionalInt columnNamed(String name) {
        return IntStream.range(0, columns.size())
                .filter(index -> columns.get(index).equalsIgnoreCase(name))
                .findFirst();
    }
}
