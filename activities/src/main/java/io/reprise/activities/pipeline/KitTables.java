package io.reprise.activities.pipeline;

import io.reprise.activities.saga.Kit;
import io.reprise.activities.sql.Pipeline;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tables that the engine makes beside its kit, in the words of each database. */
final class KitTables {

    private static final Logger LOG = LoggerFactory.getLogger(KitTables.class);
    private static final int LONGEST_TARGET = 24;
    private static final int H2_DUPLICATE_KEY = 23_505;

    private KitTables() {}

    /** The same name for the same owner, and another one for any other. */
    static TableName named(SqlDialect dialect, String kind, String target, String owner) {
        String plain = target.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        String cut = plain.substring(0, Math.min(LONGEST_TARGET, plain.length()));
        String name = kind + "_" + cut + "_" + hash(owner).substring(0, 16);
        return switch (dialect) {
            case POSTGRESQL, H2 -> TableName.of("reprise_kit", name);
            case MARIADB, MYSQL, SQLITE -> TableName.of("reprise_kit_" + name);
        };
    }

    /** The table of a name that was kept. */
    static TableName of(SqlDialect dialect, String name) {
        return switch (dialect) {
            case POSTGRESQL, H2 -> TableName.of("reprise_kit", name);
            case MARIADB, MYSQL, SQLITE -> TableName.of(name);
        };
    }

    static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java has SHA-256", absent);
        }
    }

    /** An empty table with the columns of another one and none of its constraints, unless it is there. */
    static void create(SqlDialect dialect, Connection open, TableName table, TableName like) throws SQLException {
        String name = dialect.quote(table);
        String from = dialect.quote(like);
        if (dialect == SqlDialect.POSTGRESQL) {
            // Of two that make it at once the second waits instead of failing.
            new Pipeline()
                    .add("select pg_advisory_xact_lock(hashtextextended(?, 0))", table.toString())
                    .run(dialect, open);
        }
        new Pipeline()
                .add(
                        switch (dialect) {
                            case POSTGRESQL ->
                                "create unlogged table if not exists " + name + " as select * from " + from
                                        + " with no data";
                            case MARIADB, MYSQL, SQLITE, H2 ->
                                "create table if not exists " + name + " as select * from " + from + " where 1 = 0";
                        })
                .run(dialect, open);
    }

    /** The same for rows that are kept, with what was done to each. These survive a crash. */
    static void createKept(SqlDialect dialect, Connection open, TableName table, TableName like) throws SQLException {
        String rows = " as select cast('' as " + (dialect == SqlDialect.MARIADB ? "char(1)" : "varchar(1)") + ") as "
                + PublicationText.CHANGE + ", t.* from " + dialect.quote(like) + " t";
        new Pipeline()
                .add("create table if not exists " + dialect.quote(table) + rows
                        + (dialect == SqlDialect.POSTGRESQL ? " with no data" : " where 1 = 0"))
                .run(dialect, open);
    }

    /** Where a database finds rows of two tables only by an index. One that cannot be made costs time only. */
    static void index(SqlConnection connection, TableName table, List<String> columns) {
        SqlDialect dialect = connection.dialect();
        if (dialect == SqlDialect.POSTGRESQL || columns.isEmpty()) {
            return;
        }
        String quoted = columns.stream().map(dialect::quote).collect(Collectors.joining(", "));
        TableName index = new TableName(table.schema(), table.name() + "_key");
        try (Connection open = connection.pool().getConnection()) {
            open.setAutoCommit(true);
            new Pipeline()
                    .add("create index if not exists " + dialect.quote(index) + " on " + dialect.quote(table) + " ("
                            + quoted + ")")
                    .run(dialect, open);
        } catch (SQLException failure) {
            LOG.warn("Cannot index {} by {}, what reads it may be slow: {}", table, columns, failure.getMessage());
        }
    }

    static String analyze(SqlDialect dialect, TableName table) {
        return switch (dialect) {
            case POSTGRESQL, SQLITE -> "analyze " + dialect.quote(table);
            case MARIADB, MYSQL, H2 -> "analyze table " + dialect.quote(table);
        };
    }

    /** Inserts a row of a kit table unless one with its key is there. */
    static void insertOnce(
            SqlDialect dialect, Connection open, String kitTable, String columns, @Nullable Object... values)
            throws SQLException {
        String into = " into " + Kit.table(dialect, kitTable) + " (" + columns + ") values ("
                + String.join(", ", Collections.nCopies(values.length, "?")) + ")";
        String first = columns.substring(0, columns.indexOf(','));
        String insert = switch (dialect) {
            case POSTGRESQL, SQLITE -> "insert" + into + " on conflict do nothing";
            // Locks the row that is there for itself alone, where INSERT IGNORE would share it.
            case MARIADB, MYSQL -> "insert" + into + " on duplicate key update " + first + " = " + first;
            case H2 -> "insert" + into;
        };
        try {
            new Pipeline().add(insert, values).run(dialect, open);
        } catch (SQLException failure) {
            if (dialect != SqlDialect.H2 || failure.getErrorCode() != H2_DUPLICATE_KEY) {
                throw failure;
            }
        }
    }
}
