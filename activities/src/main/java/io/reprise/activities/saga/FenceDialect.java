package io.reprise.activities.saga;

import io.reprise.activities.sql.Pipeline;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The fence in the words of one database. */
interface FenceDialect {

    static FenceDialect of(SqlDialect dialect, Clock clock) {
        return switch (dialect) {
            case POSTGRESQL -> new PostgresFence();
            case MARIADB -> new MariaDbFence(clock);
            case SQLITE -> new SqliteFence(clock);
            case H2 -> new H2Fence(clock);
            case MYSQL ->
                throw new IllegalArgumentException(
                        "cannot fence steps on MySQL (expected: PostgreSQL, MariaDB, SQLite or H2)");
        };
    }

    SqlDialect sql();

    /**
     * Begins a forward step: sets the database-side limits and inserts the fence as RUNNING, or finds the one that is there.
     * Waits for a transaction that holds the same key.
     */
    Optional<Fence> begin(Connection connection, StepCall call, RequestHash requestHash, Attempt attempt)
            throws SQLException;

    /** Begins an undo: the same, but inserts FENCED, gives up waiting after {@code lockLimit} and locks what it finds. */
    Optional<Fence> beginUndo(Connection connection, UndoCall call, Attempt attempt, Duration lockLimit)
            throws SQLException;

    /** The statements that make a step DONE: its events first, its fence last. */
    Pipeline done(StepCall call, String result, long rows, List<OutboxEvent> events);

    /** The statements that make a step COMPENSATED: its events first, its fence last. */
    Pipeline compensated(UndoCall call, Attempt attempt, List<OutboxEvent> events);

    /** Whether those statements failed because the transaction of the step had ended before them. */
    boolean endedEarly(SQLException failure);

    /** Sets the database-side limits of an attempt and nothing else. */
    Pipeline limit(Attempt attempt);

    /** Finds the fence: state, run, request hash, result. */
    Pipeline find(String stepKey);

    /** Takes back the limits that an attempt set for its session, where they outlive a transaction that was rolled back. */
    void takeBackLimits(Connection connection) throws SQLException;
}
