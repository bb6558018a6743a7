package io.reprise.bench.saga;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What placed orders left in the databases: a contender that did less than it claims has no figure. */
final class Traces {

    private final DataSource database;

    Traces(DataSource database) {
        this.database = database;
    }

    void requireCompleted(String contender, long placed) throws SQLException {
        require(
                "completed orders of " + contender,
                "select count(*) from shop.orders where status = 'COMPLETED' and order_id like ?",
                contender + "-%",
                placed);
    }

    void requireFences(String contender, long steps) throws SQLException {
        require(
                "fences of " + contender,
                "select count(*) from reprise_kit.fence where state = 'DONE' and workflow_id like ?",
                "order/" + contender + "-%",
                steps);
    }

    void requireSucceededRuns(String contender, long runs) throws SQLException {
        require(
                "succeeded runs of " + contender,
                "select count(*) from reprise.run where forward = 'SUCCEEDED' and workflow_id like ?",
                "order/" + contender + "-%",
                runs);
    }

    private void require(String what, String query, String like, long expected) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement count = connection.prepareStatement(query)) {
            count.setString(1, like);
            try (ResultSet rows = count.executeQuery()) {
                rows.next();
                if (rows.getLong(1) != expected) {
                    throw new IllegalStateException("the figures cannot be trusted: found " + rows.getLong(1) + " "
                            + what + " (expected: " + expected + ")");
                }
            } finally {
                connection.rollback();
            }
        }
    }
}
