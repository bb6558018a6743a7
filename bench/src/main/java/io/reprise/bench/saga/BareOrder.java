package io.reprise.bench.saga;

import io.reprise.workflows.order.Order;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Made by Temporal, and therefore public. */
public final class BareOrder implements BareOrderWorkflow {

    private final BareOrderSteps steps = Workflow.newActivityStub(
            BareOrderSteps.class,
            ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(Duration.ofSeconds(30))
                    .build());

    @Override
    public void place(Order order) {
        steps.create(order);
        steps.reserveStock(order);
        steps.debitAccount(order);
        steps.complete(order);
    }
}
