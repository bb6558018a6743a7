package io.reprise.activities.order;

import io.reprise.activities.saga.RequestHash;
import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.StatementResult;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.run.WorkflowId;
import io.temporal.failure.ApplicationFailure;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The statements on {@code shop.orders}. Each draws the order's next version and holds its row until the step ends. */
final class OrderTable {

    /** Type of the failure where the shop's rows are not what the step left there. */
    static final String SHOP_CHANGED = "ShopChanged";

    private static final String PLACE = """
            insert into shop.orders (order_id, account_id, status, total_minor, currency, lines, content_hash, generation,
                version)
            values (?, ?, 'PLACED', ?, ?, ?::jsonb, decode(?, 'hex'), ?, 1)
            on conflict (order_id) do nothing""";

    // An order that is still PLACED is taken over only from a run of ours whose undo of it was skipped: its fence says
    // that
    // it placed the order, and no other may have.
    private static final String REOPEN = """
            update shop.orders
            set status = 'PLACED', reason = null, generation = ?, version = version + 1, updated_at = clock_timestamp()
            where order_id = ? and content_hash = decode(?, 'hex') and generation < ?
                and (status in ('REJECTED', 'CANCELLED')
                    or status = 'PLACED' and exists (
                        select from reprise_kit.fence
                        where step_key = (string_to_array(?, ' '))[orders.generation] and state = 'DONE'))
            returning version""";

    private static final String ADVANCE = """
            update shop.orders set version = version + 1, updated_at = clock_timestamp()
            where order_id = ? and status = 'PLACED' and generation = ?
            returning version""";

    private static final String END = """
            update shop.orders set status = ?, reason = ?, version = version + 1, updated_at = clock_timestamp()
            where order_id = ? and status = 'PLACED' and generation = ?
            returning version""";

    private OrderTable() {}

    /** Two statements: one that places a new order, and one that opens an undone one, or one left PLACED, again. */
    static Pipeline place(Order order, String lines, StepKey key) {
        String id = order.orderId().value();
        String content = RequestHash.of(order).hex();
        int generation = key.workflowId().generation();
        return new Pipeline()
                .add(
                        PLACE,
                        id,
                        order.accountId().value(),
                        order.totalMinor(),
                        order.currency(),
                        lines,
                        content,
                        generation)
                .add(REOPEN, generation, id, content, generation, formerKeys(key));
    }

    /** The keys under which former generations did the same step, in their order. */
    private static String formerKeys(StepKey key) {
        WorkflowId workflow = key.workflowId();
        return IntStream.range(1, workflow.generation())
                .mapToObj(generation ->
                        workflow.generation(generation).step(key.stepId()).value())
                .collect(Collectors.joining(" "));
    }

    static Pipeline advance(WorkflowId placedBy) {
        return new Pipeline().add(ADVANCE, orderId(placedBy), placedBy.generation());
    }

    static Pipeline complete(WorkflowId placedBy) {
        return end(placedBy, "COMPLETED", null);
    }

    static Pipeline end(WorkflowId placedBy, String status, @Nullable String reason) {
        return new Pipeline().add(END, status, reason, orderId(placedBy), placedBy.generation());
    }

    private static String orderId(WorkflowId placedBy) {
        return placedBy.name().value();
    }

    /** The version that a step drew. */
    static long version(WorkflowId placedBy, StatementResult drawn) {
        if (drawn.rows().isEmpty()) {
            throw ApplicationFailure.newFailure(
                    "cannot change " + orderId(placedBy) + " for " + placedBy
                            + ": it is gone from shop.orders, has another status, or another generation took it over"
                            + " (expected: PLACED, and by this generation)",
                    SHOP_CHANGED);
        }
        return drawn.rows().getFirst().number(0);
    }
}
