package io.reprise.activities.pipeline;

import io.reprise.activities.sql.Parameter;
import io.reprise.activities.sql.Script;
import io.reprise.activities.sql.SqlFailures;
import io.reprise.catalog.pipeline.SqlSource;
import io.reprise.catalog.sql.SqlBinder;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.SqlProblem;
import io.reprise.catalog.sql.SqlScript;
import io.reprise.catalog.sql.SqlText;
import io.reprise.catalog.sql.TableName;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes scripts of SQL as it stands in definitions, for one database and the tables of one run. */
record StepScripts(SqlDialect dialect, Map<String, TableName> tables, boolean explain) {

    StepScripts {
        tables = Map.copyOf(tables);
    }

    Script of(SqlSource sql, Map<String, Parameter> values) {
        return of(sql, values, 1);
    }

    /** @param keepRows how many of the answered rows are wanted */
    Script of(SqlSource sql, Map<String, Parameter> values, int keepRows) {
        SqlScript script = SqlScript.split(SqlText.ofFile(sql.file(), sql.text()), dialect);
        if (!script.problems().isEmpty() || script.statements().isEmpty()) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "cannot run " + sql.file() + ": "
                            + script.problems().stream()
                                    .map(SqlProblem::toString)
                                    .collect(Collectors.joining("; ", "", " (expected: SQL)")),
                    SqlFailures.LASTING);
        }
        return new Script(new SqlBinder(tables, values.keySet()).bind(script), values, explain, keepRows);
    }

    String quoted(String column) {
        return dialect.quote(column);
    }
}
