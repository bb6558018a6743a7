package io.reprise.activities.saga;

import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.StatementResult;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** PostgreSQL 17 and later: {@code transaction_timeout} bounds a whole transaction, also one that idles. */
final class PostgresFence implements FenceDialect {

    private static final String LIMITS =
            "select set_config('transaction_timeout', ?, true), set_config('lock_timeout', ?, true)";

    private static final String INSERT_RUNNING = """
            insert into reprise_kit.fence (step_key, workflow_id, run_id, started_on, step_id, position, state,
                request_hash, attempt, worker, started_at)
            values (?, ?, ?, ?, ?, ?, 'RUNNING', decode(?, 'hex'), ?, ?, clock_timestamp())
            on conflict (step_key) do nothing""";

    private static final String INSERT_FENCED = """
            insert into reprise_kit.fence (step_key, workflow_id, run_id, started_on, step_id, position, state,
                undo_attempt, undo_worker, undone_at)
            values (?, ?, ?, ?, ?, ?, 'FENCED', ?, ?, clock_timestamp())
            on conflict (step_key) do nothing""";

    private static final String FIND = "select state, run_id, encode(request_hash, 'hex'), result::text"
            + " from reprise_kit.fence where step_key = ? for update";

    private static final String EMIT = """
            insert into reprise_kit.outbox (shard, topic, key, version, event_id, payload)
            values (?, ?, ?, ?, ?, ?)""";

    /** A row of another transaction than this one was committed before the step's end. */
    private static final String SET_DONE = """
            update reprise_kit.fence set state = 'DONE', result = ?::jsonb, rows = ?, done_at = clock_timestamp()
            where step_key = ? and state = 'RUNNING' and xmin = pg_current_xact_id()::xid""";

    private static final String SET_COMPENSATED = """
            update reprise_kit.fence set state = 'COMPENSATED', undo_attempt = ?, undo_worker = ?,
                undone_at = clock_timestamp()
            where step_key = ? and state = 'DONE'""";

    @Override
    public SqlDialect sql() {
        return SqlDialect.POSTGRESQL;
    }

    @Override
    public Optional<Fence> begin(Connection connection, StepCall call, RequestHash requestHash, Attempt attempt)
            throws SQLException {
        Duration limit = attempt.timeLeft();
        List<StatementResult> results = new Pipeline()
                .add(LIMITS, millis(limit), millis(limit.dividedBy(2)))
                .add(
                        INSERT_RUNNING,
                        call.key().value(),
                        call.key().workflowId().value(),
                        call.runId(),
                        call.startedOn(),
                        call.key().stepId(),
                        call.position(),
                        requestHash.hex(),
                        attempt.number(),
                        attempt.worker())
                .run(connection);
        if (results.getLast().count() == 1) {
            return Optional.empty();
        }
        return Optional.of(Fence.found(
                new Pipeline().add(FIND, call.key().value()).run(connection).getLast()));
    }

    @Override
    public Optional<Fence> beginUndo(Connection connection, UndoCall call, Attempt attempt, Duration lockLimit)
            throws SQLException {
        List<StatementResult> results = new Pipeline()
                .add(LIMITS, millis(attempt.timeLeft()), millis(lockLimit))
                .add(
                        INSERT_FENCED,
                        call.key().value(),
                        call.key().workflowId().value(),
                        call.runId(),
                        call.startedOn(),
                        call.key().stepId(),
                        call.position(),
                        attempt.number(),
                        attempt.worker())
                .add(FIND, call.key().value())
                .run(connection);
        return results.get(1).count() == 1 ? Optional.empty() : Optional.of(Fence.found(results.getLast()));
    }

    @Override
    public Pipeline done(StepCall call, String result, long rows, List<OutboxEvent> events) {
        return emitting(events).add(SET_DONE, result, rows, call.key().value());
    }

    @Override
    public Pipeline compensated(UndoCall call, Attempt attempt, List<OutboxEvent> events) {
        return emitting(events)
                .add(
                        SET_COMPENSATED,
                        attempt.number(),
                        attempt.worker(),
                        call.key().value());
    }

    @Override
    public Pipeline limit(Attempt attempt) {
        Duration limit = attempt.timeLeft();
        return new Pipeline().add(LIMITS, millis(limit), millis(limit.dividedBy(2)));
    }

    @Override
    public Pipeline find(String stepKey) {
        return new Pipeline().add(FIND, stepKey);
    }

    /** Tells it by the row that {@link #SET_DONE} does not find. */
    @Override
    public boolean endedEarly(SQLException failure) {
        return false;
    }

    @Override
    public void takeBackLimits(Connection connection) {
        // They are limits of the transaction.
    }

    private static Pipeline emitting(List<OutboxEvent> events) {
        Pipeline pipeline = new Pipeline();
        for (OutboxEvent event : events) {
            pipeline.add(
                    EMIT, event.shard(), event.topic(), event.key(), event.version(), event.eventId(), event.payload());
        }
        return pipeline;
    }

    private static String millis(Duration limit) {
        return Math.max(1, limit.toMillis()) + "ms";
    }
}
