package io.reprise.activities.pipeline;

import io.reprise.activities.sql.Parameter;
import io.reprise.activities.sql.ScriptRunner;
import io.reprise.activities.sql.SqlOutcome;
import io.reprise.catalog.pipeline.CheckDefinition;
import io.reprise.catalog.pipeline.SqlSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs checks: each is a query that answers the offending rows. */
final class Checks {

    /** So many offending rows are shown; all are counted. */
    static final int SHOWN = 20;

    private final StepScripts scripts;

    Checks(StepScripts scripts) {
        this.scripts = scripts;
    }

    CheckFinding run(CheckDefinition check, Connection connection, ScriptRunner runner, Map<String, Parameter> values)
            throws SQLException {
        SqlOutcome answer = runner.run(connection, scripts.of(query(check), values, SHOWN))
                .answer()
                .orElseThrow(() -> new SQLException("check '" + check.name() + "' answers no rows at all"));
        return CheckFinding.of(check.name(), answer);
    }

    private SqlSource query(CheckDefinition check) {
        return switch (check) {
            case CheckDefinition.NoRows rows -> rows.sql();
            case CheckDefinition.Unique unique -> {
                String columns = quoted(unique.columns(), ", ");
                yield source(
                        check,
                        "select " + columns + ", count(*) as times from {" + unique.table() + "} group by " + columns
                                + " having count(*) > 1");
            }
            case CheckDefinition.NotNull notNull ->
                source(
                        check,
                        "select * from {" + notNull.table() + "} where " + quoted(notNull.columns(), " is null or ")
                                + " is null");
            case CheckDefinition.RowCount count ->
                source(
                        check,
                        "select found from (select count(*) as found from {" + count.table() + "}) counted where "
                                + bounds(count));
        };
    }

    private String quoted(List<String> columns, String between) {
        return columns.stream().map(scripts::quoted).collect(Collectors.joining(between));
    }

    private static String bounds(CheckDefinition.RowCount count) {
        String below = count.min().map(min -> "found < " + min).orElse("1 = 0");
        return below + count.max().map(max -> " or found > " + max).orElse("");
    }

    private static SqlSource source(CheckDefinition check, String sql) {
        return new SqlSource("check " + check.name(), sql);
    }
}
