package io.reprise.worker.order;

import io.reprise.activities.order.OrderActivities;
import io.reprise.activities.saga.FencedSteps;
import io.reprise.db.Ledger;
import io.reprise.worker.run.Registration;
import io.reprise.workflows.order.OrderSaga;
import io.reprise.workflows.order.OrderWorkflow;
import java.time.Clock;
import java.util.List;

/** What orders bring to a worker. */
public final class Orders {

    private Orders() {}

    public static Registration registration(FencedSteps shop, Ledger ledger, Clock clock) {
        return new Registration(
                OrderWorkflow.TASK_QUEUE, List.of(OrderSaga.class), OrderActivities.on(shop, ledger.outcomes(), clock));
    }
}
