package io.reprise.activities.sql;

import io.reprise.catalog.sql.BoundStatement;
import io.reprise.catalog.sql.SqlBinder;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.SqlScript;
import io.reprise.catalog.sql.SqlText;
import java.util.List;
import java.util.Map;

/** Scripts in a file {@code a.sql}, ready to run. */
final class TestScripts {

    private TestScripts() {}

    static Script of(SqlDialect dialect, String sql) {
        return of(dialect, sql, Map.of());
    }

    static Script of(SqlDialect dialect, String sql, Map<String, Parameter> values) {
        return Script.of(statements(dialect, sql, values), values);
    }

    static Script explained(SqlDialect dialect, String sql) {
        return new Script(statements(dialect, sql, Map.of()), Map.of(), true, 1);
    }

    private static List<BoundStatement> statements(SqlDialect dialect, String sql, Map<String, Parameter> values) {
        return new SqlBinder(Map.of(), values.keySet()).bind(SqlScript.split(SqlText.ofFile("a.sql", sql), dialect));
    }
}
