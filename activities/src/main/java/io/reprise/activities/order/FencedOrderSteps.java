package io.reprise.activities.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.activities.saga.FencedSteps;
import io.reprise.activities.saga.OutboxEvent;
import io.reprise.activities.saga.StepTransaction;
import io.reprise.activities.sql.StatementResult;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderSteps;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Refusal;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Places orders in the shop's database. In each step the order's own row is locked first and the rows that many orders want
 * last, in one round trip, so that they are held for as short as possible.
 */
public final class FencedOrderSteps implements OrderSteps {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final FencedSteps steps;
    private final Clock clock;

    public FencedOrderSteps(FencedSteps steps, Clock clock) {
        this.steps = steps;
        this.clock = clock;
    }

    @Override
    public void create(StepCall call, Order order) {
        int generation = call.key().workflowId().generation();
        steps.forward(call, order, Placed.class, transaction -> {
            List<StatementResult> results = transaction.run(OrderTable.place(order, lines(order), call.key()));
            long version = placedVersion(order, results);
            emit(
                    transaction,
                    new OrderEvent.OrderPlaced(
                            transaction.nextEventId(),
                            order.orderId().value(),
                            now(),
                            version,
                            generation,
                            order.accountId().value(),
                            order.currency(),
                            order.lines(),
                            order.totalMinor()));
            return new Placed(version);
        });
    }

    @Override
    public void reserveStock(StepCall call, Order order) {
        steps.forward(call, order, Reserved.class, transaction -> {
            List<SkuQuantity> lines = SkuQuantity.of(order.lines());
            WorkflowId run = call.key().workflowId();
            List<StatementResult> results =
                    transaction.run(OrderTable.advance(run).addAll(Inventory.reserve(lines)));
            long version = OrderTable.version(run, results.get(0));
            Inventory.requireReserved(lines, results.get(1), results.get(2));
            emit(
                    transaction,
                    new OrderEvent.StockReserved(transaction.nextEventId(), orderId(run), now(), version, lines));
            return new Reserved(lines);
        });
    }

    @Override
    public void debitAccount(StepCall call, Order order) {
        steps.forward(call, order, Debited.class, transaction -> {
            Debited debit = new Debited(order.accountId().value(), order.currency(), order.totalMinor());
            WorkflowId run = call.key().workflowId();
            List<StatementResult> results =
                    transaction.run(OrderTable.advance(run).addAll(Accounts.debit(debit)));
            long version = OrderTable.version(run, results.get(0));
            Accounts.requireDebited(order, results.get(1), results.get(2));
            emit(
                    transaction,
                    new OrderEvent.PaymentCompleted(
                            transaction.nextEventId(),
                            orderId(run),
                            now(),
                            version,
                            debit.accountId(),
                            debit.currency(),
                            debit.amountMinor()));
            return debit;
        });
    }

    @Override
    public void complete(StepCall call, Order order) {
        steps.forward(call, order, Shipped.class, transaction -> {
            List<SkuQuantity> lines = SkuQuantity.of(order.lines());
            WorkflowId run = call.key().workflowId();
            List<StatementResult> results =
                    transaction.run(OrderTable.complete(run).addAll(Inventory.ship(lines)));
            long version = OrderTable.version(run, results.get(0));
            Inventory.requireChanged(lines, results.get(1), results.get(2));
            emit(
                    transaction,
                    new OrderEvent.OrderCompleted(transaction.nextEventId(), orderId(run), now(), version, lines));
            return new Shipped(lines);
        });
    }

    @Override
    public Undone cancel(UndoCall call) {
        return steps.undo(call, Placed.class, (transaction, placed) -> {
            WorkflowId run = call.key().workflowId();
            String status = call.cause() == Forward.CANCELLED ? "CANCELLED" : "REJECTED";
            List<StatementResult> results = transaction.run(OrderTable.end(run, status, call.reason()));
            emit(
                    transaction,
                    new OrderEvent.OrderCancelled(
                            transaction.nextEventId(),
                            orderId(run),
                            now(),
                            OrderTable.version(run, results.getFirst()),
                            status,
                            call.reason()));
        });
    }

    @Override
    public Undone releaseStock(UndoCall call) {
        return steps.undo(call, Reserved.class, (transaction, reserved) -> {
            WorkflowId run = call.key().workflowId();
            List<StatementResult> results =
                    transaction.run(OrderTable.advance(run).addAll(Inventory.release(reserved.lines())));
            long version = OrderTable.version(run, results.get(0));
            Inventory.requireChanged(reserved.lines(), results.get(1), results.get(2));
            emit(
                    transaction,
                    new OrderEvent.StockReleased(
                            transaction.nextEventId(), orderId(run), now(), version, reserved.lines()));
        });
    }

    @Override
    public Undone refund(UndoCall call) {
        return steps.undo(call, Debited.class, (transaction, debit) -> {
            WorkflowId run = call.key().workflowId();
            List<StatementResult> results =
                    transaction.run(OrderTable.advance(run).addAll(Accounts.refund(debit)));
            long version = OrderTable.version(run, results.get(0));
            Accounts.requireRefunded(debit, results.get(1));
            emit(
                    transaction,
                    new OrderEvent.PaymentRefunded(
                            transaction.nextEventId(),
                            orderId(run),
                            now(),
                            version,
                            debit.accountId(),
                            debit.currency(),
                            debit.amountMinor()));
        });
    }

    private static long placedVersion(Order order, List<StatementResult> results) {
        boolean placedNow = results.get(0).count() == 1;
        if (placedNow) {
            return 1;
        }
        if (results.get(1).rows().isEmpty()) {
            throw Refusal.because(
                    "order-exists",
                    "cannot place " + order.orderId() + ": it has been placed before and is not undone, or has other"
                            + " content (expected: a new order id, or a retry of an order of ours as it was)");
        }
        return results.get(1).rows().getFirst().number(0);
    }

    private static String orderId(WorkflowId run) {
        return run.name().value();
    }

    private static String lines(Order order) {
        try {
            return JSON.writeValueAsString(order.lines());
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("cannot write the lines of " + order, unwritable);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void emit(StepTransaction transaction, OrderEvent event) {
        transaction.emit(new OutboxEvent(
                OrderEvent.TOPIC, event.orderId(), event.version(), event.eventId(), OrderEventJson.write(event)));
    }
}
