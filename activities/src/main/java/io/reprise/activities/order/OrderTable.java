package io.reprise.activities.order;

import io.reprise.activities.saga.RequestHash;
import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.StatementResult;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderId;
import io.temporal.failure.ApplicationFailure;

/** The statements on {@code shop.orders}. Each draws the order's next version and holds its row until the step ends. */
final class OrderTable {

    /** Type of the failure where the shop's rows are not what the step left there. */
    static final String SHOP_CHANGED = "ShopChanged";

    private static final String PLACE = """
            insert into shop.orders (order_id, account_id, status, total_minor, currency, lines, content_hash, generation,
                version)
            values (?, ?, 'PLACED', ?, ?, ?::jsonb, decode(?, 'hex'), ?, 1)
            on conflict (order_id) do nothing""";

    private static final String REOPEN = """
            update shop.orders
            set status = 'PLACED', reason = null, generation = ?, version = version + 1, updated_at = clock_timestamp()
            where order_id = ? and content_hash = decode(?, 'hex') and generation < ?
                and status in ('REJECTED', 'CANCELLED')
            returning version""";

    private static final String ADVANCE = """
            update shop.orders set version = version + 1, updated_at = clock_timestamp()
            where order_id = ? and status = 'PLACED'
            returning version""";

    private static final String END = """
            update shop.orders set status = ?, reason = ?, version = version + 1, updated_at = clock_timestamp()
            where order_id = ? and status = 'PLACED'
            returning version""";

    private OrderTable() {}

    /** Two statements: one that places a new order, and one that opens an undone one again. */
    static Pipeline place(Order order, String lines, int generation) {
        String id = order.orderId().value();
        String content = RequestHash.of(order).hex();
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
                .add(REOPEN, generation, id, content, generation);
    }

    static Pipeline advance(String orderId) {
        return new Pipeline().add(ADVANCE, orderId);
    }

    static Pipeline complete(OrderId orderId) {
        return new Pipeline().add(END, "COMPLETED", null, orderId.value());
    }

    static Pipeline end(String orderId, String status, String reason) {
        return new Pipeline().add(END, status, reason, orderId);
    }

    /** The version that a step drew. */
    static long version(String orderId, StatementResult drawn) {
        if (drawn.rows().isEmpty()) {
            throw ApplicationFailure.newFailure(
                    "cannot change " + orderId
                            + ": it is gone from shop.orders, or has another status (expected: PLACED)",
                    SHOP_CHANGED);
        }
        return drawn.rows().getFirst().number(0);
    }
}
