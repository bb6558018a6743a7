package io.reprise.activities.saga;

import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.StatementResult;
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
 * MariaDB 10.6 and later: each statement is bounded, and so is the silence between two; nothing bounds them together. Its DDL
 * and what runs in its procedures may commit, which ends the savepoint that was set beside the fence.
 */
final class MariaDbFence implements FenceDialect {

    private static final int NO_SUCH_SAVEPOINT = 1305;

    private static final String LIMITS =
            "set session max_statement_time = ?, innodb_lock_wait_timeout = ?, idle_transaction_timeout = ?";
    private static final String NO_LIMITS =
            "set session max_statement_time = default, innodb_lock_wait_timeout = default, idle_transaction_timeout = default";
    private static final String SAVEPOINT = "savepoint reprise_step";
    private static final String RELEASE = "release savepoint reprise_step";

    // A row that is there is locked for itself alone, where INSERT IGNORE would share it and two attempts could
    // deadlock. It
    // counts as two rows, whether or not the client counts rows that were found but not changed.
    private static final FenceText TEXT =
            new FenceText(SqlDialect.MARIADB, " on duplicate key update seen = seen + 1", "");

    private final Clock clock;

    MariaDbFence(Clock clock) {
        this.clock = clock;
    }

    @Override
    public SqlDialect sql() {
        return SqlDialect.MARIADB;
    }

    @Override
    public Optional<Fence> begin(Connection connection, StepCall call, RequestHash requestHash, Attempt attempt)
            throws SQLException {
        Duration limit = attempt.timeLeft();
        List<StatementResult> results = limits(limit, limit.dividedBy(2))
                .addAll(TEXT.running(call, requestHash, attempt, now()))
                .add(SAVEPOINT)
                .addAll(TEXT.find(call.key().value()))
                .run(connection);
        return results.get(1).count() == 1 ? Optional.empty() : Optional.of(Fence.found(results.getLast()));
    }

    @Override
    public Optional<Fence> beginUndo(Connection connection, UndoCall call, Attempt attempt, Duration lockLimit)
            throws SQLException {
        String stepKey = call.key().value();
        List<StatementResult> results = limits(lockLimit, lockLimit)
                .addAll(TEXT.fenced(call, attempt, now()))
                .add(SAVEPOINT)
                .addAll(TEXT.find(stepKey))
                .addAll(TEXT.takeUp(stepKey))
                .addAll(limits(attempt.timeLeft(), lockLimit))
                .run(connection);
        return results.get(1).count() == 1 ? Optional.empty() : Optional.of(Fence.found(results.get(3)));
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

    @Override
    public boolean endedEarly(SQLException failure) {
        return failure.getErrorCode() == NO_SUCH_SAVEPOINT;
    }

    @Override
    public void takeBackLimits(Connection connection) throws SQLException {
        new Pipeline().add(NO_LIMITS).run(connection);
    }

    private Pipeline ending(List<OutboxEvent> events) {
        return TEXT.emit(events, now()).add(RELEASE).add(NO_LIMITS);
    }

    /** In seconds: parts of one for a statement, whole ones for the others; zero would be no limit. */
    private static Pipeline limits(Duration statement, Duration lock) {
        return new Pipeline()
                .add(LIMITS, Math.max(1, statement.toMillis()) / 1000.0, wholeSeconds(lock), wholeSeconds(statement));
    }

    private static long wholeSeconds(Duration limit) {
        return Math.max(1, limit.plusMillis(999).toSeconds());
    }

    private Object now() {
        return KitTime.value(SqlDialect.MARIADB, clock.instant());
    }
}
