package io.reprise.api.order;

import io.reprise.api.run.RunKind;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.catalog.order.OrderReader;
import io.reprise.catalog.order.OrderReading;
import io.reprise.catalog.shared.FieldError;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.RunOrder;
import io.reprise.workflows.order.OrderWorkflow;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import java.util.List;
import java.util.Set;

/** Reads an order from the bytes that came and makes it a run to be accepted; every mistake in them is told at once. */
public final class OrderIntake implements RunKind {

    private static final String OVER_HTTP = "http";

    private final OrderReader reader = new OrderReader();
    private final StepMode mode;

    public OrderIntake(StepMode mode) {
        this.mode = mode;
    }

    @Override
    public String word() {
        return OrderWorkflow.TYPE;
    }

    @Override
    public Set<String> members() {
        return Set.of();
    }

    @Override
    public NewRun read(String name, byte[] input, String root) {
        OrderReading.Parsed parsed = parse(input, root);
        String orderId = parsed.order().orderId().value();
        if (!orderId.equals(name)) {
            throw refused(List.of(new FieldError("/name", name, "the order's id, " + orderId)));
        }
        return run(parsed);
    }

    NewRun readBody(byte[] body) {
        return run(parse(body, ""));
    }

    private OrderReading.Parsed parse(byte[] bytes, String root) {
        return switch (reader.read(bytes)) {
            case OrderReading.Parsed parsed -> parsed;
            case OrderReading.Refused refused -> throw refused(refused, root);
        };
    }

    private static Refused refused(OrderReading.Refused refused, String root) {
        ProblemType type =
                refused.code().equals(OrderReading.Refused.MALFORMED) ? ProblemType.MALFORMED : ProblemType.INVALID;
        List<FieldError> errors = refused.errors().stream()
                .map(error -> new FieldError(root + error.pointer(), error.found(), error.expected()))
                .toList();
        return Refused.because(type, refused.message(), errors);
    }

    private static Refused refused(List<FieldError> errors) {
        return Refused.because(ProblemType.INVALID, "cannot start an order under another name", errors);
    }

    private NewRun run(OrderReading.Parsed parsed) {
        WorkflowId id = WorkflowId.of(
                OrderWorkflow.TYPE, new Name(parsed.order().orderId().value()));
        return new NewRun(
                id, OrderWorkflow.TYPE, OrderWorkflow.TASK_QUEUE, parsed.input(), mode, OVER_HTTP, RunOrder.FREE);
    }
}
