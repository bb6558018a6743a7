package io.reprise.activities.pipeline;

import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.TableName;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The columns of a table that a publication sets: all but those that the database fills.
 *
 * @param names as the database has them
 */
record TargetColumns(List<String> names) {

    static TargetColumns of(SqlDialect dialect, Connection open, TableName table, List<String> key)
            throws SQLException {
        DatabaseMetaData about = open.getMetaData();
        String name = stored(dialect, table.name());
        Optional<String> schema = table.schema().map(it -> stored(dialect, it));
        List<String> names = new ArrayList<>();
        try (ResultSet columns = switch (dialect) {
            case POSTGRESQL, H2 -> about.getColumns(null, schema.orElse(open.getSchema()), name, null);
            case MARIADB, MYSQL -> about.getColumns(schema.orElse(open.getCatalog()), null, name, null);
            case SQLITE -> about.getColumns(null, null, name, null);
        }) {
            while (columns.next()) {
                String column = columns.getString("COLUMN_NAME");
                boolean filled = "YES".equals(columns.getString("IS_GENERATEDCOLUMN"))
                        || "YES".equals(columns.getString("IS_AUTOINCREMENT"));
                boolean isKey = key.stream().anyMatch(column::equalsIgnoreCase);
                if (columns.getString("TABLE_NAME").equalsIgnoreCase(name) && (isKey || !filled)) {
                    names.add(column);
                }
            }
        }
        return new TargetColumns(List.copyOf(names));
    }

    /** The key's columns as the database has them. */
    List<String> named(List<String> key) {
        return key.stream()
                .map(column -> names.stream()
                        .filter(column::equalsIgnoreCase)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("cannot publish by column '" + column
                                + "': found columns " + names + " (expected: one of them)")))
                .toList();
    }

    private static String stored(SqlDialect dialect, String name) {
        boolean folded = dialect == SqlDialect.H2 && name.matches("[a-z_][a-z0-9_]*");
        return folded ? name.toUpperCase(Locale.ROOT) : name;
    }
}
