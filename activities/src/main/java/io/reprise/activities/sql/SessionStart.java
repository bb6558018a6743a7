package io.reprise.activities.sql;

import io.reprise.catalog.sql.SqlDialect;
import java.util.Optional;

/** What a new connection is told before anything else, so that instants mean the same whatever the machines' zones. */
public final class SessionStart {

    private SessionStart() {}

    /** Empty where a session has no zone. */
    public static Optional<String> sql(SqlDialect dialect) {
        return switch (dialect) {
            case POSTGRESQL, H2 -> Optional.of("set time zone 'UTC'");
            case MARIADB, MYSQL -> Optional.of("set time_zone = '+00:00'");
            case SQLITE -> Optional.empty();
        };
    }
}
