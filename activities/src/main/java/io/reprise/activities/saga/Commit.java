package io.reprise.activities.saga;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a step's transaction: committed when its work says so, else rolled back. */
final class Commit {

    private static final Logger LOG = LoggerFactory.getLogger(Commit.class);

    private final FenceDialect dialect;
    private final Connection connection;
    private boolean tried;

    Commit(FenceDialect dialect, Connection connection) {
        this.dialect = dialect;
        this.connection = connection;
    }

    void run() throws SQLException {
        tried = true;
        connection.commit();
    }

    /**
     * A rollback that fails is not a failure of the step: the database rolls back what a connection leaves behind that is
     * closed. Nobody else may get that connection.
     */
    void orRollBack() {
        if (tried) {
            return;
        }
        try {
            connection.rollback();
            dialect.takeBackLimits(connection);
        } catch (SQLException dead) {
            LOG.debug("A transaction could not be rolled back; its connection is closed, which does it", dead);
            closeForGood();
        }
    }

    private void closeForGood() {
        try {
            connection.unwrap(Connection.class).close();
        } catch (SQLException dead) {
            LOG.debug("A connection was dead already", dead);
        }
    }
}
