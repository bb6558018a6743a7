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

/**
 * H2: each statement and each wait for a lock is bounded in the database, the whole from the side. Its DDL commits; the fence
 * keeps the number of its transaction, which another one does not have.
 */
final class H2Fence implements FenceDialect {

    private static final int DUPLICATE_KEY = 23_505;
    private static final int USUAL_LOCK_WAIT_MILLIS = 2000;

    private static final FenceText TEXT = new FenceText(SqlDialect.H2, "", " and transaction_id = transaction_id()");

    private static final String REMEMBER_TRANSACTION =
            "update " + Kit.table(SqlDialect.H2, "fence") + " set transaction_id = transaction_id() where step_key = ?";

    private final Clock clock;

    H2Fence(Clock clock) {
        this.clock = clock;
    }

    @Override
    public SqlDialect sql() {
        return SqlDialect.H2;
    }

    @Override
    public Optional<Fence> begin(Connection connection, StepCall call, RequestHash requestHash, Attempt attempt)
            throws SQLException {
        String stepKey = call.key().value();
        Duration limit = attempt.timeLeft();
        limits(limit, limit.dividedBy(2)).runEach(connection);
        if (isNew(connection, TEXT.running(call, requestHash, attempt, now()))) {
            rememberTransaction(connection, stepKey);
            return Optional.empty();
        }
        return Optional.of(found(connection, stepKey));
    }

    @Override
    public Optional<Fence> beginUndo(Connection connection, UndoCall call, Attempt attempt, Duration lockLimit)
            throws SQLException {
        String stepKey = call.key().value();
        limits(attempt.timeLeft(), lockLimit).runEach(connection);
        if (isNew(connection, TEXT.fenced(call, attempt, now()))) {
            return Optional.empty();
        }
        Fence fence = found(connection, stepKey);
        TEXT.takeUp(stepKey).runEach(connection);
        rememberTransaction(connection, stepKey);
        return Optional.of(fence);
    }

    /** Only the statement that met the row that was there is rolled back by it. */
    private static boolean isNew(Connection connection, Pipeline insert) throws SQLException {
        try {
            insert.runEach(connection);
            return true;
        } catch (SQLException failure) {
            if (failure.getErrorCode() == DUPLICATE_KEY) {
                return false;
            }
            throw failure;
        }
    }

    private static Fence found(Connection connection, String stepKey) throws SQLException {
        // Locks the row, which an insert that failed does not.
        new Pipeline()
                .add("select 1 from " + Kit.table(SqlDialect.H2, "fence") + " where step_key = ? for update", stepKey)
                .runEach(connection);
        return Fence.found(TEXT.find(stepKey).runEach(connection).getLast());
    }

    private static void rememberTransaction(Connection connection, String stepKey) throws SQLException {
        new Pipeline().add(REMEMBER_TRANSACTION, stepKey).runEach(connection);
    }

    @Override
    public Pipeline done(StepCall call, String result, long rows, List<OutboxEvent> events) {
        return ending(events).addAll(TEXT.done(call.key().value(), result, rows, now()));
    }

    @Override
    public Pipeline compensated(UndoCall call, Attempt attempt, List<OutboxEvent> events) {
        return ending(events).addAll(TEXT.compensated(call.key().value(), attempt, now()));
    }

    @Override
    public Pipeline limit(Attempt attempt) {
        return limits(attempt.timeLeft(), attempt.timeLeft().dividedBy(2));
    }

    @Override
    public Pipeline find(String stepKey) {
        return TEXT.find(stepKey);
    }

    /** Tells it by the row that is not found. */
    @Override
    public boolean endedEarly(SQLException failure) {
        return false;
    }

    @Override
    public void takeBackLimits(Connection connection) throws SQLException {
        noLimits().runEach(connection);
    }

    private Pipeline ending(List<OutboxEvent> events) {
        return TEXT.emit(events, now()).addAll(noLimits());
    }

    private static Pipeline noLimits() {
        return limits(Duration.ZERO, Duration.ofMillis(USUAL_LOCK_WAIT_MILLIS));
    }

    private static Pipeline limits(Duration statement, Duration lock) {
        return new Pipeline()
                .add("set query_timeout " + statement.toMillis())
                .add("set lock_timeout " + Math.max(1, lock.toMillis()));
    }

    private Object now() {
        return KitTime.value(SqlDialect.H2, clock.instant());
    }
}
