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
 * SQLite: one writer at a time, whichever process it is in. The fence is the first thing that a step writes and reads, so
 * that its transaction holds the write lock from there on and never has to give up a snapshot. Only waiting for that lock is
 * bounded in the database; the rest is bounded from the side.
 */
final class SqliteFence implements FenceDialect {

    private static final int ERROR = 1;
    private static final int USUAL_WAIT_MILLIS = 3000;

    private static final String SAVEPOINT = "savepoint reprise_step";
    private static final String RELEASE = "release reprise_step";

    private static final FenceText TEXT = new FenceText(SqlDialect.SQLITE, " on conflict (step_key) do nothing", "");

    private final Clock clock;

    SqliteFence(Clock clock) {
        this.clock = clock;
    }

    @Override
    public SqlDialect sql() {
        return SqlDialect.SQLITE;
    }

    @Override
    public Optional<Fence> begin(Connection connection, StepCall call, RequestHash requestHash, Attempt attempt)
            throws SQLException {
        List<StatementResult> results = waiting(attempt.timeLeft().dividedBy(2))
                .addAll(TEXT.running(call, requestHash, attempt, now()))
                .add(SAVEPOINT)
                .addAll(TEXT.find(call.key().value()))
                .runEach(connection);
        return results.get(1).count() == 1 ? Optional.empty() : Optional.of(Fence.found(results.getLast()));
    }

    @Override
    public Optional<Fence> beginUndo(Connection connection, UndoCall call, Attempt attempt, Duration lockLimit)
            throws SQLException {
        String stepKey = call.key().value();
        List<StatementResult> results = waiting(lockLimit)
                .addAll(TEXT.fenced(call, attempt, now()))
                .add(SAVEPOINT)
                .addAll(TEXT.find(stepKey))
                .addAll(TEXT.takeUp(stepKey))
                .runEach(connection);
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
        return waiting(attempt.timeLeft().dividedBy(2));
    }

    @Override
    public Pipeline find(String stepKey) {
        return TEXT.find(stepKey);
    }

    @Override
    public boolean endedEarly(SQLException failure) {
        return failure.getErrorCode() == ERROR
                && String.valueOf(failure.getMessage()).contains("no such savepoint: reprise_step");
    }

    @Override
    public void takeBackLimits(Connection connection) throws SQLException {
        waiting(Duration.ofMillis(USUAL_WAIT_MILLIS)).runEach(connection);
    }

    private Pipeline ending(List<OutboxEvent> events) {
        return TEXT.emit(events, now()).add(RELEASE).addAll(waiting(Duration.ofMillis(USUAL_WAIT_MILLIS)));
    }

    private static Pipeline waiting(Duration limit) {
        return new Pipeline().add("pragma busy_timeout = " + Math.max(1, limit.toMillis()));
    }

    private Object now() {
        return KitTime.value(SqlDialect.SQLITE, clock.instant());
    }
}
