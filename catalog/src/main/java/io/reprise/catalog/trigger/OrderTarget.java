package io.reprise.catalog.trigger;

import io.reprise.catalog.order.OrderReader;
import io.reprise.catalog.order.OrderReading;
import io.reprise.workflows.order.OrderWorkflow;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.trigger.RequestedRun;

/** Starts orders: the record's value is the order, the same JSON as over HTTP. */
final class OrderTarget implements StartTarget {

    private final OrderReader reader = new OrderReader();
    private final StepMode mode;

    OrderTarget(StepMode mode) {
        this.mode = mode;
    }

    @Override
    public Wish read(DecodedRecord found) throws BadRecord {
        return switch (reader.read(found.value(), found.size())) {
            case OrderReading.Parsed parsed -> new Wish.ForOrder(run(parsed));
            case OrderReading.Refused refused -> throw new BadRecord(refused.code(), "an order", refused.errors());
        };
    }

    private RequestedRun.OfOrder run(OrderReading.Parsed parsed) {
        Name id = new Name(parsed.order().orderId().value());
        return new RequestedRun.OfOrder(WorkflowId.of(OrderWorkflow.TYPE, id), parsed.input(), mode);
    }

    @Override
    public RequestedRun run(Wish wish, RecordSpan span) {
        return switch (wish) {
            case Wish.ForOrder order -> order.run();
            case Wish.ForPipeline other ->
                throw new IllegalArgumentException("cannot place " + other + " (expected: an order)");
        };
    }
}
