package io.reprise.activities.sql;

import java.sql.SQLException;
import java.util.Set;

/** SQLite's result codes; its driver knows no states, and no code means that the driver itself refused. */
final class SqliteErrors {

    private static final int PRIMARY = 0xff;
    private static final int DRIVER = 0;

    /** BUSY, LOCKED, NOMEM, INTERRUPT, IOERR, FULL, CANTOPEN, PROTOCOL, SCHEMA. */
    private static final Set<Integer> TRANSIENT = Set.of(5, 6, 7, 9, 10, 13, 14, 15, 17);

    private SqliteErrors() {}

    static boolean isTransient(SQLException failure) {
        int code = failure.getErrorCode() & PRIMARY;
        return code == DRIVER || TRANSIENT.contains(code);
    }
}
