package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.CatalogProblem;
import io.reprise.catalog.shared.CatalogProblems;
import io.reprise.catalog.shared.FilePlace;
import io.reprise.catalog.sql.BoundStatement;
import io.reprise.catalog.sql.Place;
import io.reprise.catalog.sql.SqlBinder;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.SqlProblem;
import io.reprise.catalog.sql.SqlScript;
import io.reprise.catalog.sql.SqlStatement;
import io.reprise.catalog.sql.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks at the SQL of one pipeline without asking a database.
 *
 * <p>Refused: what is no SQL, statements that do not fit what they are for ({@link StatementCheck}), names of no value and of
 * no table, and tables of another connection.
 */
final class SqlCheck {

    private final PipelineSource source;
    private final Map<String, TableDefinition> tables = new TreeMap<>();
    private final KnownValues values;
    private final Set<String> usedValues = new TreeSet<>();
    private final Set<String> usedTables = new TreeSet<>();

    SqlCheck(PipelineSource source, Iterable<TableDefinition> tables, KnownValues values) {
        this.source = source;
        this.values = values;
        tables.forEach(table -> this.tables.put(table.alias(), table));
    }

    /**
     * Answers the names of the values that it reads.
     *
     * @param known the names of those that it may read
     */
    Set<String> check(SqlUse use, Set<String> known) {
        Optional<SqlDialect> dialect = source.dialect(use.connection());
        if (dialect.isEmpty()) {
            noteNamesAnyway(use);
            return Set.of();
        }
        SqlScript script = SqlScript.split(use.text(), dialect.get());
        script.problems().forEach(problem -> note(problem, use));
        if (!script.problems().isEmpty()) {
            return Set.of();
        }
        new StatementCheck(use, values.slotted(), source.problems()).check(script);
        Set<String> read = new TreeSet<>();
        script.statements().forEach(statement -> read.addAll(bind(statement, use, known)));
        return read;
    }

    /** Without a connection nothing can be said of the SQL; but what it reads is read. */
    private void noteNamesAnyway(SqlUse use) {
        SqlScript script = SqlScript.split(use.text(), SqlDialect.POSTGRESQL);
        script.statements().forEach(this::names);
    }

    private void names(SqlStatement statement) {
        BoundStatement bound = new SqlBinder(names(), Set.of()).bind(statement);
        usedValues.addAll(bound.names());
        usedTables.addAll(bound.tables());
    }

    private List<String> bind(SqlStatement statement, SqlUse use, Set<String> known) {
        BoundStatement bound = new SqlBinder(names(), known).bind(statement);
        usedValues.addAll(bound.names());
        usedTables.addAll(bound.tables());
        for (SqlProblem problem : bound.problems()) {
            String name = problem.found().substring(1);
            if (problem.found().startsWith(":") && bound.names().contains(name)) {
                values.note(place(problem.place()), use.at().path(), name, known);
            } else if (problem.found().startsWith("{") && problem.found().endsWith("}")) {
                noteTable(problem, use);
            } else {
                note(problem, use);
            }
        }
        bound.tables().forEach(alias -> refuseFarTable(alias, use, statement));
        return bound.names();
    }

    private void noteTable(SqlProblem problem, SqlUse use) {
        String alias = problem.found().substring(1, problem.found().length() - 1);
        source.problems()
                .noteName(
                        place(problem.place()),
                        use.at().path(),
                        "the unknown table {" + alias + "}",
                        alias,
                        tables.keySet());
    }

    private void refuseFarTable(String alias, SqlUse use, SqlStatement statement) {
        TableDefinition table = tables.get(alias);
        if (table != null
                && !table.connection().isBlank()
                && !table.connection().equals(use.connection())) {
            note(
                    new SqlProblem(
                            statement.place(),
                            "the table {" + alias + "} of connection '" + table.connection() + "' on '"
                                    + use.connection() + "'",
                            "tables of the connection on which the statement runs"),
                    use);
        }
    }

    private Map<String, TableName> names() {
        Map<String, TableName> names = new TreeMap<>();
        tables.keySet().forEach(alias -> names.put(alias, TableName.of(alias)));
        return names;
    }

    private void note(SqlProblem problem, SqlUse use) {
        note(source.problems(), problem, use);
    }

    static void note(CatalogProblems problems, SqlProblem problem, SqlUse use) {
        problems.note(CatalogProblem.at(place(problem.place()), use.at().path(), problem.found(), problem.expected()));
    }

    private static FilePlace place(Place place) {
        return new FilePlace(place.file(), place.line(), place.column());
    }

    /** The names of all values that any SQL reads. */
    Set<String> usedValues() {
        return usedValues;
    }

    Set<String> usedTables() {
        return usedTables;
    }
}
