package io.reprise.bench.saga;

import io.reprise.workflows.order.Order;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The changes of an order, each one transaction, with nothing that keeps them from happening twice. */
@ActivityInterface
public interface BareOrderSteps {

    @ActivityMethod(name = "Bare.create")
    void create(Order order);

    @ActivityMethod(name = "Bare.reserveStock")
    void reserveStock(Order order);

    @ActivityMethod(name = "Bare.debitAccount")
    void debitAccount(Order order);

    @ActivityMethod(name = "Bare.complete")
    void complete(Order order);
}
