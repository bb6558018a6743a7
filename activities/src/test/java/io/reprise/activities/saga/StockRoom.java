package io.reprise.activities.saga;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.shared.TestPostgres;
import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.Row;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A table with a stock of ten, and a step that takes three of it: the smallest thing that can go wrong twice. */
final class StockRoom implements AutoCloseable {

    static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    static final String TAKE = "update stock set left_over = left_over - ?";
    static final String GIVE_BACK = "update stock set left_over = left_over + ?";

    /** What taking records. */
    record Taken(int pieces) {}

    private static final AtomicInteger RUNS = new AtomicInteger();

    final String url;
    final HikariDataSource pool;
    final StepKey key = new StepKey("order/o-" + RUNS.incrementAndGet() + ":take");
    private final AtomicReference<Duration> limit = new AtomicReference<>(Duration.ofSeconds(10));
    private final AtomicInteger attempts = new AtomicInteger();
    private final RecordedLedger ledger = new RecordedLedger();

    StockRoom(String url) {
        this.url = url;
        this.pool = TestPostgres.pool(url, 10);
        KitMigrations.migrate(pool);
        execute(
                "create table if not exists stock (left_over int not null)",
                "truncate stock",
                "insert into stock values (10)");
    }

    FencedSteps steps() {
        return stepsOn(pool);
    }

    FencedSteps stepsOn(HikariDataSource database) {
        return stepsOn(database, key.workflowId().value());
    }

    /** Steps that another workflow asks for. */
    FencedSteps stepsOf(String workflowId) {
        return stepsOn(pool, workflowId);
    }

    private FencedSteps stepsOn(HikariDataSource database, String workflowId) {
        return new FencedSteps(database, new PostgresFence(), ledger, () -> nextAttempt(workflowId), Clock.systemUTC());
    }

    void limitAttemptsTo(Duration startToClose) {
        limit.set(startToClose);
    }

    RecordedLedger ledger() {
        return ledger;
    }

    StepCall call() {
        return new StepCall(key, "run-1", DAY, 1, false);
    }

    UndoCall undoCall() {
        return new UndoCall(key, "run-1", DAY, 1, Forward.FAILED, "out-of-stock");
    }

    Taken take(int pieces) {
        return takeOn(steps(), pieces, () -> {});
    }

    /** Takes the pieces, and does something else before the transaction ends. */
    Taken takeOn(FencedSteps steps, int pieces, Interruption interruption) {
        return steps.forward(call(), new Taken(pieces), Taken.class, transaction -> {
            transaction.run(new Pipeline().add(TAKE, pieces));
            transaction.emit(new OutboxEvent("stock.events", "room", 1, transaction.nextEventId(), "{}"));
            interruption.happen();
            return new Taken(pieces);
        });
    }

    Undone giveBack() {
        return giveBackOn(steps());
    }

    Undone giveBackOn(FencedSteps steps) {
        return steps.undo(
                undoCall(),
                Taken.class,
                (transaction, taken) -> transaction.run(new Pipeline().add(GIVE_BACK, taken.pieces())));
    }

    long leftOver() {
        return number("select left_over from stock");
    }

    String fenceState() {
        return one("select state from reprise_kit.fence where step_key = '" + key + "'")
                .text(0);
    }

    long fences() {
        return number("select count(*) from reprise_kit.fence where step_key = '" + key + "'");
    }

    long number(String sql) {
        return one(sql).number(0);
    }

    Row one(String sql) {
        try (Connection connection = pool.getConnection()) {
            Row row = new Pipeline().add(sql).run(connection).getFirst().rows().getFirst();
            connection.rollback();
            return row;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot ask " + sql, e);
        }
    }

    void execute(String... statements) {
        try (Connection connection = pool.getConnection()) {
            for (String sql : statements) {
                new Pipeline().add(sql).run(connection);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot prepare the stock room", e);
        }
    }

    private Attempt nextAttempt(String workflowId) {
        return new Attempt(attempts.incrementAndGet(), false, workflowId, "worker-1", System.nanoTime(), limit.get());
    }

    @Override
    public void close() {
        pool.close();
    }

    @FunctionalInterface
    interface Interruption {
        void happen() throws SQLException;
    }
}
