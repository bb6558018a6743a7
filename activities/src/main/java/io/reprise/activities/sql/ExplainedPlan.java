package io.reprise.activities.sql;

import io.reprise.catalog.sql.BoundStatement;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.StatementKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a database how it would run a statement, without running it. A plan that cannot be had stops nothing. */
final class ExplainedPlan {

    private static final int LONGEST = 8_192;
    private static final int MOST_LINES = 400;

    private ExplainedPlan() {}

    /** Empty for a statement that has no plan. */
    static Optional<String> of(Connection connection, BoundStatement statement, Filling filling) throws SQLException {
        StatementKind kind = statement.statement().facts().kind();
        if (kind != StatementKind.QUERY && kind != StatementKind.CHANGE) {
            return Optional.empty();
        }
        Optional<Savepoint> before = savepoint(connection, statement);
        try (PreparedStatement explain =
                connection.prepareStatement(prefix(statement) + statement.jdbc().text())) {
            filling.fill(explain);
            try (ResultSet rows = explain.executeQuery()) {
                return Optional.of(
                        Shortened.to(LONGEST, read(rows, statement.statement().dialect())));
            }
        } catch (SQLException none) {
            if (before.isPresent()) {
                connection.rollback(before.get());
            }
            return Optional.of("no plan: " + none.getSQLState() + " " + none.getErrorCode());
        }
    }

    /** On PostgreSQL a failure would end the whole transaction. */
    private static Optional<Savepoint> savepoint(Connection connection, BoundStatement statement) throws SQLException {
        return statement.statement().dialect() == SqlDialect.POSTGRESQL
                ? Optional.of(connection.setSavepoint())
                : Optional.empty();
    }

    private static String prefix(BoundStatement statement) {
        return statement.statement().dialect() == SqlDialect.SQLITE ? "explain query plan " : "explain ";
    }

    private static String read(ResultSet rows, SqlDialect dialect) throws SQLException {
        return switch (dialect) {
            case POSTGRESQL, H2 -> lines(rows);
            case SQLITE -> tree(rows);
            case MARIADB, MYSQL -> table(rows);
        };
    }

    private static String lines(ResultSet rows) throws SQLException {
        List<String> lines = new ArrayList<>();
        while (lines.size() < MOST_LINES && rows.next()) {
            lines.add(rows.getString(1));
        }
        return String.join("\n", lines);
    }

    /** Columns: id, parent, an unused one, detail. */
    private static String tree(ResultSet rows) throws SQLException {
        Map<Integer, Integer> depths = new HashMap<>();
        List<String> lines = new ArrayList<>();
        while (lines.size() < MOST_LINES && rows.next()) {
            int depth = depths.getOrDefault(rows.getInt(2), -1) + 1;
            depths.put(rows.getInt(1), depth);
            lines.add("  ".repeat(depth) + rows.getString(4));
        }
        return String.join("\n", lines);
    }

    private static String table(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        List<String> lines = new ArrayList<>();
        while (lines.size() < MOST_LINES && rows.next()) {
            List<String> line = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                String value = rows.getString(column);
                if (value != null) {
                    line.add(rows.getMetaData().getColumnLabel(column) + "=" + value);
                }
            }
            lines.add(String.join(" ", line));
        }
        return String.join("\n", lines);
    }

    /** Binds the values of the statement. */
    @FunctionalInterface
    interface Filling {
        void fill(PreparedStatement statement) throws SQLException;
    }
}
