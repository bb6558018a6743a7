package io.reprise.activities.connection;

import io.reprise.catalog.sql.SqlDialect;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How to reach one database.
 *
 * @param pool connections that one process may hold
 * @param patience how long a caller waits for a free connection
 */
public record ConnectionSettings(String url, String user, String password, int pool, Duration patience) {

    public static final Duration PATIENCE = Duration.ofSeconds(10);

    public ConnectionSettings {
        if (SqlDialect.ofUrl(url).isEmpty()) {
            throw new IllegalArgumentException("cannot connect to '" + url + "' (expected: an address that begins with "
                    + Arrays.stream(SqlDialect.values())
                            .map(SqlDialect::urlPrefix)
                            .collect(Collectors.joining(", "))
                    + ")");
        }
        if (pool < 1) {
            throw new IllegalArgumentException(
                    "cannot pool " + pool + " connections to " + url + " (expected: 1 or more)");
        }
    }

    public ConnectionSettings(String url, String user, String password, int pool) {
        this(url, user, password, pool, PATIENCE);
    }

    public SqlDialect dialect() {
        return SqlDialect.ofUrl(url).orElseThrow();
    }

    /** Without the password: settings are printed when a start goes wrong. */
    @Override
    public String toString() {
        return url + " as " + user + ", " + pool + " connections";
    }
}
