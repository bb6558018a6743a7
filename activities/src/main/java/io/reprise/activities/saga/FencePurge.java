package io.reprise.activities.saga;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import javax.sql.DataSource;

/** Forgets fences of runs that nobody can repeat or undo any more. Whoever calls it knows which days those are. */
public final class FencePurge {

    private static final String LIMIT = "set local lock_timeout = '5s'";

    private static final String PURGE = """
            delete from reprise_kit.fence where step_key in (
                select step_key from reprise_kit.fence where started_on >= ? and started_on < ? limit ?)""";

    private final DataSource database;

    public FencePurge(DataSource database) {
        this.database = database;
    }

    /** Forgets at most so many fences of runs that started on these days, the last one excluded, and answers how many. */
    public int purge(LocalDate first, LocalDate end, int most) throws SQLException {
        try (Connection connection = database.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (Statement limit = connection.createStatement();
                    PreparedStatement purge = connection.prepareStatement(PURGE)) {
                limit.execute(LIMIT);
                purge.setObject(1, first);
                purge.setObject(2, end);
                purge.setInt(3, most);
                int purged = purge.executeUpdate();
                connection.commit();
                return purged;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        }
    }
}
