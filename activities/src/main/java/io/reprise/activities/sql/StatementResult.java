package io.reprise.activities.sql;

import java.util.List;

/** What one statement of a pipeline did: how many rows it touched, and those it returned. */
public record StatementResult(int count, List<Row> rows) {

    public StatementResult {
        rows = List.copyOf(rows);
    }

    static StatementResult updated(int count) {
        return new StatementResult(count, List.of());
    }
}
