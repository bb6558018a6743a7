package io.reprise.activities.saga;

import io.reprise.catalog.sql.SqlDialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How the kit keeps a time, which is always in UTC. */
public final class KitTime {

    private KitTime() {}

    /** To bind; cut to microseconds, which every database keeps. */
    public static Object value(SqlDialect dialect, Instant instant) {
        Instant cut = instant.truncatedTo(ChronoUnit.MICROS);
        return switch (dialect) {
            case POSTGRESQL, H2 -> cut.atOffset(ZoneOffset.UTC);
            case MARIADB, MYSQL -> LocalDateTime.ofInstant(cut, ZoneOffset.UTC);
            case SQLITE -> cut.toString();
        };
    }

    public static @Nullable Instant read(SqlDialect dialect, ResultSet row, int column) throws SQLException {
        return switch (dialect) {
            case POSTGRESQL, H2 -> {
                OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
                yield at == null ? null : at.toInstant();
            }
            case MARIADB, MYSQL -> {
                LocalDateTime at = row.getObject(column, LocalDateTime.class);
                yield at == null ? null : at.toInstant(ZoneOffset.UTC);
            }
            case SQLITE -> {
                String at = row.getString(column);
                yield at == null ? null : Instant.parse(at);
            }
        };
    }
}
