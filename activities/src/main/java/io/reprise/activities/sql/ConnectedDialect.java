package io.reprise.activities.sql;

import io.reprise.catalog.sql.SqlDialect;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Which database is at the other end. */
public final class ConnectedDialect {

    private ConnectedDialect() {}

    /** Asks a connection of it. */
    public static SqlDialect of(DataSource database) {
        try (Connection connection = database.getConnection()) {
            return of(connection);
        } catch (SQLException away) {
            throw new IllegalStateException("cannot ask a database for its kind", away);
        }
    }

    /** Costs no round trip. */
    public static SqlDialect of(Connection connection) throws SQLException {
        String url = connection.getMetaData().getURL();
        return SqlDialect.ofUrl(url)
                .orElseThrow(() -> new IllegalArgumentException(
                        "cannot speak to the database at " + url + " (expected: one of the known databases)"));
    }
}
