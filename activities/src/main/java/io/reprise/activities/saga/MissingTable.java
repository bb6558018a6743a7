package io.reprise.activities.saga;

import io.reprise.catalog.sql.SqlDialect;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;

/** Tells a kit that nobody has made yet, where nothing can stand, from a database that cannot be asked. */
final class MissingTable {

    private static final Set<String> STATES = Set.of("42P01", "3F000", "42S02", "42S03", "42S04");
    private static final int H2_SCHEMA_NOT_FOUND = 90079;

    private MissingTable() {}

    static boolean isWhy(SqlDialect dialect, SQLException failure) {
        String state = Objects.requireNonNullElse(failure.getSQLState(), "");
        return switch (dialect) {
            case POSTGRESQL, MARIADB, MYSQL -> STATES.contains(state);
            case H2 -> STATES.contains(state) || failure.getErrorCode() == H2_SCHEMA_NOT_FOUND;
            case SQLITE -> String.valueOf(failure.getMessage()).contains("no such table");
        };
    }
}
