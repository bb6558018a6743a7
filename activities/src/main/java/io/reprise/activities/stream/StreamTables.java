package io.reprise.activities.stream;

import io.reprise.activities.sql.Sessions;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables of a stream: what is missing of them, and the making of it. Columns are added, never changed or taken away. */
public final class StreamTables {

    private static final SqlDialect POSTGRES = SqlDialect.POSTGRESQL;
    private static final String COLUMNS = """
            select a.attname, format_type(a.atttypid, a.atttypmod)
            from pg_attribute a where a.attrelid = to_regclass(?) and a.attnum > 0 and not a.attisdropped""";

    private final Sessions sessions;
    private final TargetTables target;

    public StreamTables(Sessions sessions, TargetTables target) {
        this.sessions = sessions;
        this.target = target;
    }

    /**
     * What is to be done before the stream can be loaded.
     *
     * @param statements that make and extend tables, in order
     * @param conflicts what only a person can mend, such as a column of another type
     */
    public record Plan(List<String> statements, List<String> conflicts) {

        public Plan {
            statements = List.copyOf(statements);
            conflicts = List.copyOf(conflicts);
        }
    }

    public Plan plan() throws SQLException {
        try (Connection open = sessions.getConnection()) {
            Plan plan = plan(open);
            if (!open.getAutoCommit()) {
                open.rollback();
            }
            return plan;
        }
    }

    /** Does what the plan says, unless it has conflicts; answers it. Of two that do so at once one waits and finds it done. */
    public Plan apply() throws SQLException {
        try (Connection open = sessions.getConnection()) {
            open.setAutoCommit(false);
            try (Statement statement = open.createStatement()) {
                statement.execute("select pg_advisory_xact_lock(hashtextextended('reprise stream tables', 0))");
                Plan plan = plan(open);
                if (plan.conflicts().isEmpty()) {
                    for (String text : plan.statements()) {
                        statement.execute(text);
                    }
                }
                open.commit();
                return plan;
            } catch (SQLException failed) {
                open.rollback();
                throw failed;
            }
        }
    }

    private Plan plan(Connection open) throws SQLException {
        List<String> statements = new ArrayList<>();
        List<String> conflicts = new ArrayList<>();
        Map<String, String> raw = columns(RawRow.COLUMNS);
        plan(open, target.raw(), raw, statements, conflicts);
        plan(open, target.aside(), raw, statements, conflicts);
        if (target.typed().isPresent()) {
            plan(open, target.typed().get(), typedColumns(target.row().orElseThrow()), statements, conflicts);
        }
        return new Plan(statements, conflicts);
    }

    private static Map<String, String> columns(List<RawRow.Named> named) {
        return named.stream()
                .collect(Collectors.toMap(
                        RawRow.Named::name, RawRow.Named::type, (one, other) -> one, LinkedHashMap::new));
    }

    /** Fields may come and go between versions, so none of them is demanded. */
    private static Map<String, String> typedColumns(TypedRow row) {
        Map<String, String> all = new LinkedHashMap<>();
        row.columns().forEach(column -> all.put(column.name(), column.type()));
        columns(RawRow.SHARED).forEach((name, type) -> {
            if (all.put(name, type) != null) {
                throw new IllegalArgumentException(
                        "cannot make columns of " + row.schema().getFullName() + ": its field for " + name
                                + " is what the engine calls its own (expected: another name)");
            }
        });
        return all;
    }

    private static void plan(
            Connection open,
            TableName table,
            Map<String, String> wanted,
            List<String> statements,
            List<String> conflicts)
            throws SQLException {
        Optional<Map<String, String>> found = found(open, table);
        if (found.isEmpty()) {
            table.schema().ifPresent(schema -> statements.add("create schema if not exists " + POSTGRES.quote(schema)));
            statements.addAll(create(table, wanted));
            return;
        }
        wanted.forEach((column, type) -> {
            String plain = type.replace(" not null", "");
            String there = found.get().get(column);
            if (there == null) {
                statements.add(
                        "alter table " + POSTGRES.quote(table) + " add column " + POSTGRES.quote(column) + " " + plain);
            } else if (!isSame(there, plain)) {
                conflicts.add(table + "." + column + " is " + there + " (expected: " + plain
                        + "; change it, or load into another table)");
            }
        });
    }

    private static List<String> create(TableName table, Map<String, String> columns) {
        String lines = columns.entrySet().stream()
                .map(column -> "    " + POSTGRES.quote(column.getKey()) + " " + column.getValue())
                .collect(Collectors.joining(",\n"));
        return List.of(
                "create table " + POSTGRES.quote(table) + " (\n" + lines + "\n)",
                "create index on " + POSTGRES.quote(table) + " using brin (k_off, k_part) with (pages_per_range = 16)",
                "create index on " + POSTGRES.quote(table) + " using brin (event_day) with (pages_per_range = 16)");
    }

    /** The same type under PostgreSQL's own name for it. */
    private static boolean isSame(String found, String wanted) {
        String plain = found.toLowerCase(Locale.ROOT)
                .replace("timestamp with time zone", "timestamptz")
                .replace("timestamp without time zone", "timestamp")
                .replace("time without time zone", "time")
                .replace("character varying", "text");
        return plain.equals(wanted) || plain.replaceAll("\\(\\d+\\)$", "").equals(wanted);
    }

    private static Optional<Map<String, String>> found(Connection open, TableName table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (PreparedStatement find = open.prepareStatement(COLUMNS)) {
            find.setString(1, POSTGRES.quote(table));
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    columns.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return columns.isEmpty() ? Optional.empty() : Optional.of(columns);
    }
}
