package io.reprise.worker.order;

import io.reprise.catalog.order.OrderReader;
import io.reprise.catalog.order.OrderReading;
import io.reprise.catalog.shared.FieldError;
import io.reprise.db.deadletter.Cause;
import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.OrderRule;
import io.reprise.db.shared.Bytes;
import io.reprise.db.trigger.TriggerOrder;
import io.reprise.db.trigger.TriggerRecord;
import io.reprise.worker.shared.JsonQuote;
import io.reprise.worker.trigger.RecordReader;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderWorkflow;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import java.util.stream.Collectors;

/** Reads the orders on {@code shop.orders.placed}, the same JSON as over HTTP. */
public final class PlacedOrders implements RecordReader {

    /** The trigger's name, in its consumer group and wherever an operator speaks of it. */
    public static final String TRIGGER = "orders-placed";

    private final OrderReader reader = new OrderReader();
    private final OrderRule rule;
    private final StepMode mode;

    public PlacedOrders(OrderRule rule, StepMode mode) {
        this.rule = rule;
        this.mode = mode;
    }

    @Override
    public TriggerRecord read(SourceRecord found) {
        byte[] value = found.value().map(Bytes::toArray).orElseGet(() -> new byte[0]);
        return switch (reader.read(value)) {
            case OrderReading.Parsed parsed -> new TriggerRecord.Start(found, run(parsed));
            case OrderReading.Refused refused -> new TriggerRecord.Poison(found, cause(refused));
        };
    }

    private NewRun run(OrderReading.Parsed parsed) {
        Order order = parsed.order();
        String id = order.orderId().value();
        return new NewRun(
                WorkflowId.of("order", new Name(id)),
                OrderWorkflow.TYPE,
                OrderWorkflow.TASK_QUEUE,
                parsed.input(),
                mode,
                TRIGGER,
                TriggerOrder.of(rule, TRIGGER, id));
    }

    private static Cause cause(OrderReading.Refused refused) {
        return new Cause(refused.code(), JsonQuote.storable(refused.message()), errors(refused), refused.fingerprint());
    }

    private static String errors(OrderReading.Refused refused) {
        return refused.errors().stream().map(PlacedOrders::error).collect(Collectors.joining(",", "[", "]"));
    }

    private static String error(FieldError error) {
        return "{\"pointer\":" + JsonQuote.quoted(error.pointer()) + ",\"found\":" + JsonQuote.quoted(error.found())
                + ",\"expected\":" + JsonQuote.quoted(error.expected()) + "}";
    }
}
