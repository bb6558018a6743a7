package io.reprise.activities.pipeline;

import io.reprise.activities.saga.KitMigrations;
import io.reprise.activities.sql.Sessions;
import io.reprise.catalog.sql.SqlDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.api.FlywayException;

/**
 * Sessions of a database that has the kit before the first of them is handed out. A database that is away, or whose role may
 * not make the kit, fails whoever asks, and is asked again for the next.
 */
public final class PreparedSessions implements Sessions {

    private final String name;
    private final SqlDialect dialect;
    private final Sessions pool;
    private final Runnable making;
    private final ReentrantLock preparing = new ReentrantLock();
    private volatile boolean prepared;

    /** @param making makes the kit, over sessions of its own */
    public PreparedSessions(String name, SqlDialect dialect, Sessions pool, Runnable making) {
        this.name = name;
        this.dialect = dialect;
        this.pool = pool;
        this.making = making;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            if (!prepared) {
                prepare();
            }
        } catch (SQLTransientConnectionException none) {
            throw away(none);
        }
        return asTheyAre();
    }

    /** A session of the database as it is: for whoever only looks, and must not be the one for whom the kit is made. */
    public Connection asTheyAre() throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException none) {
            throw away(none);
        }
    }

    /** A pool says how long it waited, and keeps to itself what the database, or the way to it, answered. */
    private SQLException away(SQLTransientConnectionException none) {
        Throwable cause = none;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new SQLException(
                "connection " + name + " gives no session: " + cause.getMessage()
                        + " (expected: a database that answers, and a free place)",
                "08001",
                none);
    }

    /** Whether anybody has used the database yet. */
    public boolean isPrepared() {
        return prepared;
    }

    private void prepare() throws SQLException {
        preparing.lock();
        try {
            if (!prepared && !isThere()) {
                make();
            }
            prepared = true;
        } finally {
            preparing.unlock();
        }
    }

    private boolean isThere() throws SQLException {
        try (Connection open = pool.getConnection()) {
            return KitMigrations.isThere(dialect, open);
        }
    }

    private void make() throws SQLException {
        try {
            making.run();
        } catch (FlywayException refused) {
            Optional<SQLException> answer = answer(refused);
            throw new SQLException(
                    "the kit is missing and cannot be made: "
                            + answer.map(Throwable::getMessage).orElseGet(() -> String.valueOf(refused.getMessage()))
                            + " (expected: a role that may create tables, or somebody who runs what"
                            + " `reprise connection prepare " + name + " --ddl` shows)",
                    answer.map(SQLException::getSQLState).orElse(null),
                    refused);
        }
    }

    private static Optional<SQLException> answer(Throwable failure) {
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof SQLException answer) {
                return Optional.of(answer);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
