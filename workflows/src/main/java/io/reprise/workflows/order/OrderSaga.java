package io.reprise.workflows.order;

import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.SagaRun;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;

public final class OrderSaga implements OrderWorkflow {

    public static final Saga<Order> PLACE = Saga.of(TYPE, Order.class, OrderSteps.class)
            .step("create-order", OrderSteps::create)
            .undo(OrderSteps::cancel)
            .step("reserve-stock", OrderSteps::reserveStock)
            .undo(OrderSteps::releaseStock)
            .step("debit-account", OrderSteps::debitAccount)
            .undo(OrderSteps::refund)
            .within(Duration.ofMinutes(15), "payment-deadline")
            .pivot("complete", OrderSteps::complete)
            .build();

    private final SagaRun run;

    @WorkflowInit
    public OrderSaga(RunContext context, Order order) {
        this.run = PLACE.accept(context, order);
    }

    @Override
    public OrderOutcome place(RunContext context, Order order) {
        run.finish();
        return new OrderOutcome(order.orderId(), order.totalMinor(), order.currency());
    }
}
