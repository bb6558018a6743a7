package io.reprise.catalog.sql;

import java.util.List;

/**
 * The statements of one text, in order.
 *
 * @param problems what keeps the text from being a script: quotes and comments without an end
 */
public record SqlScript(SqlText source, SqlDialect dialect, List<SqlStatement> statements, List<SqlProblem> problems) {

    public SqlScript {
        statements = List.copyOf(statements);
        problems = List.copyOf(problems);
    }

    public static SqlScript split(SqlText source, SqlDialect dialect) {
        return new Splitter(source, dialect).split();
    }
}
