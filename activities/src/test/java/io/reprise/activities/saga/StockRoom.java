package io.reprise.activities.saga;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.shared.TestDatabase;
import io.reprise.activities.sql.Pipeline;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
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

    private static final Clock CLOCK = Clock.systemUTC();
    private static final AtomicInteger RUNS = new AtomicInteger();

    final TestDatabase database;
    final String url;
    final HikariDataSource pool;
    final StepKey key = new StepKey("order/o-" + RUNS.incrementAndGet() + ":take");
    private final AtomicReference<Duration> limit = new AtomicReference<>(Duration.ofSeconds(10));
    private final AtomicInteger attempts = new AtomicInteger();
    private final RecordedLedger ledger = new RecordedLedger();

    StockRoom(TestDatabase database, String url) {
        this.database = database;
        this.url = url;
        this.pool = database.pool(url, 10);
        KitMigrations.migrate(pool);
        execute(
                "create table if not exists stock (left_over int not null)",
                "delete from stock",
                "insert into stock values (10)");
    }

    FencedSteps steps() {
        return stepsOn(pool);
    }

    FencedSteps stepsOn(HikariDataSource pool) {
        return stepsOn(pool, key.workflowId().value());
    }

    /** Steps that another workflow asks for. */
    FencedSteps stepsOf(String workflowId) {
        return stepsOn(pool, workflowId);
    }

    private FencedSteps stepsOn(HikariDataSource pool, String workflowId) {
        return new FencedSteps(
                pool::getConnection,
                FenceDialect.of(database.dialect(), CLOCK),
                ledger,
                () -> nextAttempt(workflowId),
                CLOCK);
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
        return takeOn(steps(), pieces, transaction -> {});
    }

    /** Takes the pieces, and does something else before the transaction ends. */
    Taken takeOn(FencedSteps steps, int pieces, Interruption interruption) {
        return steps.forward(call(), new Taken(pieces), Taken.class, transaction -> {
            transaction.run(new Pipeline().add(TAKE, pieces));
            transaction.emit(new OutboxEvent("stock.events", "room", 1, transaction.nextEventId(), "{}"));
            interruption.happen(transaction);
            return new Taken(pieces);
        });
    }

    void commitEarly(StepTransaction transaction) throws SQLException {
        transaction.run(new Pipeline().add(database.earlyCommit()));
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
        return text("select state from " + table("fence") + " where step_key = '" + key + "'");
    }

    long fences() {
        return number("select count(*) from " + table("fence") + " where step_key = '" + key + "'");
    }

    String table(String name) {
        return Kit.table(database.dialect(), name);
    }

    long number(String sql) {
        return database.number(pool, sql);
    }

    String text(String sql) {
        return database.texts(pool, sql).getFirst();
    }

    void execute(String... statements) {
        database.execute(pool, statements);
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
        void happen(StepTransaction transaction) throws SQLException;
    }
}
