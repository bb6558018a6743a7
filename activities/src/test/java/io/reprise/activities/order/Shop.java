package io.reprise.activities.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.activities.saga.LedgerEntries;
import io.reprise.activities.saga.TestSteps;
import io.reprise.activities.shared.TestPostgres;
import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.Row;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

/** A shop on a real PostgreSQL, with the sample stock, and the steps that place orders in it. */
final class Shop implements AutoCloseable {

    static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    final HikariDataSource pool;
    final FencedOrderSteps steps;

    Shop(String url, LedgerEntries ledger, int connections) {
        this.pool = TestPostgres.pool(url, connections);
        KitMigrations.migrate(pool);
        ShopMigrations.migrate(pool);
        try {
            SampleShop.seed(pool);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        this.steps = new FencedOrderSteps(TestSteps.on(pool, ledger), Clock.systemUTC());
    }

    static Shop fresh() {
        return new Shop(TestPostgres.newDatabase(), TestSteps.noLedger(), 10);
    }

    static StepCall call(Order order, int generation, String stepId, int position) {
        WorkflowId workflow = new WorkflowId("order/" + order.orderId()).generation(generation);
        return new StepCall(workflow.step(stepId), runId(workflow), DAY, position, position == 4);
    }

    static UndoCall undo(Order order, int generation, String stepId, int position, Forward cause, String reason) {
        WorkflowId workflow = new WorkflowId("order/" + order.orderId()).generation(generation);
        return new UndoCall(workflow.step(stepId), runId(workflow), DAY, position, cause, reason);
    }

    static String runId(WorkflowId workflow) {
        return "run-" + workflow.value().replace('/', '-');
    }

    /** Places an order as the saga does, without Temporal: all steps, and on a refusal all undos, latest first. */
    String place(Order order) {
        return place(order, 1);
    }

    String place(Order order, int generation) {
        try {
            create(order, generation);
            reserve(order, generation);
            debit(order, generation);
            complete(order, generation);
            return "COMPLETED";
        } catch (ApplicationFailure failure) {
            if (!failure.isNonRetryable()) {
                throw failure;
            }
            undoAll(order, generation, Forward.FAILED, failure.getType());
            return failure.getType();
        }
    }

    void create(Order order, int generation) {
        steps.create(call(order, generation, "create-order", 1), order);
    }

    void reserve(Order order, int generation) {
        steps.reserveStock(call(order, generation, "reserve-stock", 2), order);
    }

    void debit(Order order, int generation) {
        steps.debitAccount(call(order, generation, "debit-account", 3), order);
    }

    void complete(Order order, int generation) {
        steps.complete(call(order, generation, "complete", 4), order);
    }

    void undoAll(Order order, int generation, Forward cause, String reason) {
        steps.refund(undo(order, generation, "debit-account", 3, cause, reason));
        steps.releaseStock(undo(order, generation, "reserve-stock", 2, cause, reason));
        steps.cancel(undo(order, generation, "create-order", 1, cause, reason));
    }

    List<String> eventsOf(String orderId) {
        return rows("select payload::jsonb ->> 'type' from reprise_kit.outbox where key = '" + orderId
                        + "' order by id")
                .stream()
                .map(row -> row.text(0))
                .toList();
    }

    String statusOf(String orderId) {
        return rows("select status from shop.orders where order_id = '" + orderId + "'")
                .getFirst()
                .text(0);
    }

    long number(String sql) {
        return rows(sql).getFirst().number(0);
    }

    List<Row> rows(String sql) {
        try (Connection connection = pool.getConnection()) {
            List<Row> rows = new Pipeline().add(sql).run(connection).getFirst().rows();
            connection.rollback();
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot ask " + sql, e);
        }
    }

    void execute(String sql) {
        try (Connection connection = pool.getConnection()) {
            new Pipeline().add(sql).run(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot do " + sql, e);
        }
    }

    void assertNothingReserved() {
        assertThat(number("select count(*) from shop.inventory where reserved <> 0"))
                .isZero();
    }

    @Override
    public void close() {
        pool.close();
    }
}
