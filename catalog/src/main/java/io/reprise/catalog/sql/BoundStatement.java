package io.reprise.catalog.sql;

import java.util.List;
import java.util.Set;

/**
 * A statement whose names were resolved.
 *
 * @param jdbc for the driver: {@code ?} for each value
 * @param server what a server sees that tells where it failed; the same as {@code jdbc} elsewhere
 * @param names the values to bind, in order, one for each {@code ?}
 * @param tables the keys of the tables that it names
 * @param problems empty for a statement that can run
 */
public record BoundStatement(
        SqlStatement statement,
        WireText jdbc,
        WireText server,
        List<String> names,
        Set<String> tables,
        List<SqlProblem> problems) {

    public BoundStatement {
        names = List.copyOf(names);
        tables = Set.copyOf(tables);
        problems = List.copyOf(problems);
    }
}
