package io.reprise.activities.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Where sessions of one database come from, one for each caller, who closes it. */
@FunctionalInterface
public interface Sessions {

    Connection getConnection() throws SQLException;
}
