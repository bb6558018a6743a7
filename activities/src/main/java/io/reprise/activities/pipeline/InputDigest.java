package io.reprise.activities.pipeline;

import io.reprise.activities.schedule.SlotDigests;
import io.reprise.activities.sql.ConnectedDialect;
import io.reprise.catalog.pipeline.InputDefinition;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.workflows.pipeline.SlotValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Reads what the rows of a slot are like: a text that changes with any of them, in whatever order they come. Where the input
 * names no column with a hash of each row, only their number is compared.
 */
public final class InputDigest implements SlotDigests.Reader {

    private static final int ROWS_AT_ONCE = 1_000;
    private static final BigInteger BOUND = BigInteger.ONE.shiftLeft(256);
    private static final DateTimeFormatter SQLITE_MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final Function<String, Optional<DataSource>> connections;

    /** @param connections finds those that are served here, by their names in the catalog */
    public InputDigest(Function<String, Optional<DataSource>> connections) {
        this.connections = connections;
    }

    @Override
    public String digest(InputDefinition input, SlotValue slot) {
        DataSource database = connections
                .apply(input.connection())
                .orElseThrow(() -> new IllegalStateException("cannot compare the input of " + slot.name()
                        + ": connection '" + input.connection() + "' is not served here (expected: soon)"));
        try (Connection connection = database.getConnection()) {
            try {
                return digest(connection, input, slot);
            } finally {
                connection.rollback();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(
                    "cannot read the input of " + slot.name() + " in " + input.connection() + "." + input.table() + ": "
                            + failure.getMessage(),
                    failure);
        }
    }

    private static String digest(Connection connection, InputDefinition input, SlotValue slot) throws SQLException {
        SqlDialect dialect = ConnectedDialect.of(connection);
        String table =
                input.schema().map(schema -> dialect.quote(schema) + ".").orElse("") + dialect.quote(input.table());
        String column = dialect.quote(input.slotColumn());
        String wanted = input.digest().map(dialect::quote).orElse("1");
        boolean byDay = isDate(connection, "select " + column + " from " + table + " where 1 = 0");
        try (PreparedStatement rows = connection.prepareStatement(
                "select " + wanted + " from " + table + " where " + column + " >= ? and " + column + " < ?")) {
            rows.setFetchSize(ROWS_AT_ONCE);
            if (byDay) {
                bind(rows, 1, slot.day(), dialect);
                bind(rows, 2, dayAfter(slot), dialect);
            } else {
                bind(rows, 1, slot.start(), dialect);
                bind(rows, 2, slot.end(), dialect);
            }
            try (ResultSet row = rows.executeQuery()) {
                return digest(row);
            }
        }
    }

    /** An hour of a table that knows only days is looked at with its whole day. */
    private static LocalDate dayAfter(SlotValue slot) {
        LocalDate end = slot.end().atZone(slot.zone()).toLocalDate();
        return end.isAfter(slot.day()) ? end : slot.day().plusDays(1);
    }

    private static boolean isDate(Connection connection, String query) throws SQLException {
        try (PreparedStatement none = connection.prepareStatement(query);
                ResultSet rows = none.executeQuery()) {
            return rows.getMetaData().getColumnType(1) == Types.DATE;
        }
    }

    private static void bind(PreparedStatement statement, int index, LocalDate day, SqlDialect dialect)
            throws SQLException {
        if (dialect == SqlDialect.SQLITE) {
            statement.setString(index, day.toString());
            return;
        }
        statement.setObject(index, day);
    }

    private static void bind(PreparedStatement statement, int index, Instant moment, SqlDialect dialect)
            throws SQLException {
        LocalDateTime utc = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
        switch (dialect) {
            case POSTGRESQL, H2 -> statement.setObject(index, utc.atOffset(ZoneOffset.UTC));
            case MARIADB, MYSQL -> statement.setObject(index, utc);
            case SQLITE -> statement.setString(index, SQLITE_MOMENT.format(utc));
        }
    }

    /** A sum forgets the order, and unlike an exclusive or, not those that come twice. */
    private static String digest(ResultSet rows) throws SQLException {
        MessageDigest sha256 = sha256();
        long count = 0;
        BigInteger sum = BigInteger.ZERO;
        while (rows.next()) {
            count++;
            byte[] row = String.valueOf(rows.getString(1)).getBytes(StandardCharsets.UTF_8);
            sum = sum.add(new BigInteger(1, sha256.digest(row)));
        }
        return count + ":" + sum.mod(BOUND).toString(16);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
