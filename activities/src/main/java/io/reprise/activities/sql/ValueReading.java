package io.reprise.activities.sql;

import io.reprise.catalog.sql.SqlDialect;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads the columns of answered rows. What has no type of its own here is read as text, and long texts in part. */
public final class ValueReading {

    /** A longer one is of no use to anybody who sees it, and too long for an output. */
    static final int LONGEST = 4_096;

    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter();

    private ValueReading() {}

    /** The value of a column, which counts from 1, of the row that the rows stand at. */
    public static SqlValue read(ResultSet rows, int column, SqlDialect dialect) throws SQLException {
        return of(raw(rows, column, dialect), rows, column);
    }

    private static @Nullable Object raw(ResultSet rows, int column, SqlDialect dialect) throws SQLException {
        if (dialect == SqlDialect.SQLITE) {
            return rows.getObject(column);
        }
        ResultSetMetaData about = rows.getMetaData();
        return switch (about.getColumnType(column)) {
            case Types.DATE -> rows.getObject(column, LocalDate.class);
            case Types.TIMESTAMP_WITH_TIMEZONE -> rows.getObject(column, OffsetDateTime.class);
            case Types.TIMESTAMP ->
                about.getColumnTypeName(column).equals("timestamptz")
                        ? rows.getObject(column, OffsetDateTime.class)
                        : rows.getObject(column, LocalDateTime.class);
            default -> rows.getObject(column);
        };
    }

    private static SqlValue of(@Nullable Object raw, ResultSet rows, int column) throws SQLException {
        return switch (raw) {
            case null -> new SqlValue.Absent();
            case Double number when !Double.isFinite(number) -> new SqlValue.Text(number.toString());
            case Float number when !Float.isFinite(number) -> new SqlValue.Text(number.toString());
            case Number number -> SqlValue.of(number);
            case Boolean truth -> new SqlValue.Truth(truth);
            case LocalDate day -> new SqlValue.Day(day);
            case Date day -> new SqlValue.Day(day.toLocalDate());
            case OffsetDateTime moment -> new SqlValue.Moment(moment.toInstant());
            case ZonedDateTime moment -> new SqlValue.Moment(moment.toInstant());
            case Instant moment -> new SqlValue.Moment(moment);
            case LocalDateTime local -> new SqlValue.Text(LOCAL.format(local));
            case Timestamp local -> new SqlValue.Text(LOCAL.format(local.toLocalDateTime()));
            case byte[] bytes -> text("\\x" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, LONGEST)));
            default -> text(rows.getString(column));
        };
    }

    private static SqlValue text(@Nullable String text) {
        return text == null ? new SqlValue.Absent() : new SqlValue.Text(Shortened.to(LONGEST, text));
    }
}
