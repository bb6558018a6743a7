package io.reprise.activities.sql;

import io.reprise.catalog.sql.SqlDialect;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/** Binds values as each database would take them had they been written as literals. */
final class ValueBinding {

    /** As SQLite's own functions write it, so that texts compare as times do. */
    private static final DateTimeFormatter SQLITE_MOMENT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter();

    private ValueBinding() {}

    static void bind(PreparedStatement statement, int index, SqlValue value, SqlDialect dialect) throws SQLException {
        switch (value) {
            case SqlValue.Text text -> bindText(statement, index, text.value(), dialect);
            case SqlValue.Whole whole -> bindWhole(statement, index, whole.value(), dialect);
            case SqlValue.Decimal decimal -> bindDecimal(statement, index, decimal.value(), dialect);
            case SqlValue.Truth truth -> statement.setBoolean(index, truth.value());
            case SqlValue.Day day -> bindDay(statement, index, day.value(), dialect);
            case SqlValue.Moment moment -> bindMoment(statement, index, moment.value(), dialect);
            case SqlValue.Absent _ -> statement.setNull(index, Types.NULL);
        }
    }

    /** Without a type PostgreSQL finds one by the context, as for a literal: uuid, jsonb, enum, date. */
    private static void bindText(PreparedStatement statement, int index, String text, SqlDialect dialect)
            throws SQLException {
        if (dialect == SqlDialect.POSTGRESQL) {
            statement.setObject(index, text, Types.OTHER);
            return;
        }
        statement.setString(index, text);
    }

    /** Functions of PostgreSQL that take an {@code int} take no {@code bigint}. */
    private static void bindWhole(PreparedStatement statement, int index, long whole, SqlDialect dialect)
            throws SQLException {
        if (dialect == SqlDialect.POSTGRESQL && whole == (int) whole) {
            statement.setInt(index, (int) whole);
            return;
        }
        statement.setLong(index, whole);
    }

    /** SQLite has no decimals, and takes a bound one for text. */
    private static void bindDecimal(PreparedStatement statement, int index, BigDecimal decimal, SqlDialect dialect)
            throws SQLException {
        if (dialect == SqlDialect.SQLITE) {
            statement.setDouble(index, decimal.doubleValue());
            return;
        }
        statement.setBigDecimal(index, decimal);
    }

    private static void bindDay(PreparedStatement statement, int index, LocalDate day, SqlDialect dialect)
            throws SQLException {
        if (dialect == SqlDialect.SQLITE) {
            statement.setString(index, day.toString());
            return;
        }
        statement.setObject(index, day);
    }

    private static void bindMoment(PreparedStatement statement, int index, Instant moment, SqlDialect dialect)
            throws SQLException {
        LocalDateTime utc = LocalDateTime.ofInstant(moment.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
        switch (dialect) {
            case POSTGRESQL, H2 -> statement.setObject(index, utc.atOffset(ZoneOffset.UTC));
            case MARIADB, MYSQL -> statement.setObject(index, utc);
            case SQLITE -> statement.setString(index, SQLITE_MOMENT.format(utc));
        }
    }
}
