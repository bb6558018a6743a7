package io.reprise.activities.saga;

import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.Sessions;
import io.reprise.catalog.sql.SqlDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import javax.sql.DataSource;

/** Forgets fences of runs that nobody can repeat or undo any more. Whoever calls it knows which days those are. */
public final class FencePurge {

    private final SqlDialect dialect;
    private final Sessions database;
    private final String purge;

    /** Of a PostgreSQL. */
    public FencePurge(DataSource database) {
        this(SqlDialect.POSTGRESQL, database::getConnection);
    }

    public FencePurge(SqlDialect dialect, Sessions database) {
        this.dialect = dialect;
        this.database = database;
        this.purge = text(dialect, Kit.table(dialect, "fence"));
    }

    private static String text(SqlDialect dialect, String fence) {
        String due = " where started_on >= ? and started_on < ? limit ?";
        return switch (dialect) {
            case POSTGRESQL, SQLITE, H2 ->
                "delete from " + fence + " where step_key in (select step_key from " + fence + due + ")";
            case MARIADB, MYSQL -> "set statement innodb_lock_wait_timeout = 5 for delete from " + fence + due;
        };
    }

    /** Forgets at most so many fences of runs that started on these days, the last one excluded, and answers how many. */
    public int purge(LocalDate first, LocalDate end, int most) throws SQLException {
        try (Connection connection = database.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                Pipeline deletion = dialect == SqlDialect.POSTGRESQL
                        ? new Pipeline().add("set local lock_timeout = '5s'")
                        : new Pipeline();
                int purged = deletion.add(purge, first, end, most)
                        .runEach(connection)
                        .getLast()
                        .count();
                connection.commit();
                return purged;
            } catch (SQLException e) {
                connection.rollback();
                if (MissingTable.isWhy(dialect, e)) {
                    return 0;
                }
                throw e;
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        }
    }
}
