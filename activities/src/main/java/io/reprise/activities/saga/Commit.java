package io.reprise.activities.saga;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a step's transaction: committed when its work says so, else rolled back. */
final class Commit {

    private static final Logger LOG = LoggerFactory.getLogger(Commit.class);

    private final Connection connection;
    private boolean tried;

    Commit(Connection connection) {
        this.connection = connection;
    }

    void run() throws SQLException {
        tried = true;
        connection.commit();
    }

    /** A rollback that fails is not a failure of the step: the server rolls back what a dead connection left. */
    void orRollBack() {
        if (tried) {
            return;
        }
        try {
            connection.rollback();
        } catch (SQLException dead) {
            LOG.debug("A connection died before its transaction was rolled back; the server does it", dead);
        }
    }
}
