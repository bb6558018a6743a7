package io.reprise.workflows.order;

import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What placing an order does to the shop, and what undoes it. Every step is fenced in the shop's database. */
@ActivityInterface
public interface OrderSteps {

    /** Records the order as PLACED. Refused: {@code order-exists} where it stands there, and no earlier generation left it. */
    @ActivityMethod(name = "Order.create")
    void create(StepCall call, Order order);

    /** Reserves every line or none. Refused: {@code unknown-sku}, {@code out-of-stock}. */
    @ActivityMethod(name = "Order.reserveStock")
    void reserveStock(StepCall call, Order order);

    /** Takes the total. Refused: {@code unknown-account}, {@code currency-mismatch}, {@code insufficient-funds}. */
    @ActivityMethod(name = "Order.debitAccount")
    void debitAccount(StepCall call, Order order);

    /** Ships what was reserved and marks the order COMPLETED. The pivot: after it, nothing is undone. */
    @ActivityMethod(name = "Order.complete")
    void complete(StepCall call, Order order);

    @ActivityMethod(name = "Order.cancel")
    Undone cancel(UndoCall call);

    @ActivityMethod(name = "Order.releaseStock")
    Undone releaseStock(UndoCall call);

    @ActivityMethod(name = "Order.refund")
    Undone refund(UndoCall call);
}
