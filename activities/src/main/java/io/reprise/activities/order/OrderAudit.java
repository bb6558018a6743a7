package io.reprise.activities.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.reprise.activities.order.ShopSnapshot.OrderRow;
import io.reprise.activities.run.Audit;
import io.reprise.activities.run.AuditProgress;
import io.reprise.db.run.AuditFinding;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Rebuilds every order from the event log, and compares with the shop's tables what the orders' states, reservations, sales
 * and payments should be.
 *
 * <p>The tables and the events that wait in the outbox are read at one instant, and the log after it: what left the outbox
 * before is in the log, and what happened later has a version that the tables did not have. So the answer is exact while
 * orders come in. Only one range of orders is in memory at a time, and the log is read once for each.
 */
public final class OrderAudit implements Audit {

    private static final int ORDERS_AT_ONCE = 20_000;

    private final DataSource shop;
    private final OrderLog log;
    private final int ordersAtOnce;

    public OrderAudit(DataSource shop, String bootstrapServers) {
        this(shop, bootstrapServers, ORDERS_AT_ONCE);
    }

    OrderAudit(DataSource shop, String bootstrapServers, int ordersAtOnce) {
        this.shop = shop;
        this.log = new OrderLog(bootstrapServers);
        this.ordersAtOnce = ordersAtOnce;
    }

    @Override
    public void run(AuditProgress progress) throws SQLException {
        OrderComparison comparison = new OrderComparison(progress::found);
        try (ShopSnapshot snapshot = ShopSnapshot.of(shop)) {
            for (OrderRange range : snapshot.ranges(ordersAtOnce)) {
                progress.alive();
                Map<String, OrderRow> orders = snapshot.orders(range);
                Map<String, OrderHistory> histories = histories(snapshot, range, progress);
                comparison.compareOrders(orders, histories);
                progress.checked(orders.size());
                histories.keySet().removeAll(orders.keySet());
                tellOfUnknownOrders(range, histories, progress);
            }
            comparison.compareSums(snapshot.stock(), snapshot.spent());
        }
    }

    private Map<String, OrderHistory> histories(ShopSnapshot snapshot, OrderRange range, AuditProgress progress)
            throws SQLException {
        Map<String, OrderHistory> histories = new HashMap<>();
        log.read(record -> {
            progress.alive();
            if (isOf(range, record)) {
                add(histories, record, progress);
                progress.checked(1);
            }
        });
        snapshot.waiting(range, row -> add(histories, row.getString(1), "the outbox", progress));
        return histories;
    }

    /** The key of an event is its order; a record without one is nobody's, and looked at once. */
    private static boolean isOf(OrderRange range, ConsumerRecord<String, String> record) {
        boolean keyless = record.key() == null || record.key().isEmpty();
        return keyless ? range.isFirst() : range.has(record.key());
    }

    private static void add(
            Map<String, OrderHistory> histories, ConsumerRecord<String, String> event, AuditProgress progress) {
        String place = event.topic() + "/" + event.partition() + "/" + event.offset();
        if (event.value() == null) {
            progress.found(new AuditFinding("event-unreadable", place, "no value", "an event of an order"));
            return;
        }
        add(histories, event.value(), place, progress);
    }

    private static void add(Map<String, OrderHistory> histories, String payload, String place, AuditProgress progress) {
        try {
            OrderEvent event = OrderEventJson.read(payload);
            boolean added = histories
                    .computeIfAbsent(event.orderId(), id -> new OrderHistory())
                    .add(event);
            if (!added) {
                progress.found(new AuditFinding(
                        "event-doubled",
                        event.orderId(),
                        event.eventId() + " of version " + event.version() + " in " + place,
                        "one event for each version"));
            }
        } catch (JsonProcessingException unreadable) {
            progress.found(new AuditFinding(
                    "event-unreadable", place, unreadable.getOriginalMessage(), "an event of an order"));
        }
    }

    /** An order that the snapshot lacks was placed after it, or its row is gone. */
    private void tellOfUnknownOrders(OrderRange range, Map<String, OrderHistory> unknown, AuditProgress progress)
            throws SQLException {
        if (unknown.isEmpty()) {
            return;
        }
        Set<String> gone = new TreeSet<>(unknown.keySet());
        try (ShopSnapshot later = ShopSnapshot.of(shop)) {
            gone.removeAll(later.orders(range).keySet());
        }
        for (String orderId : gone) {
            progress.found(new AuditFinding(
                    "order-missing",
                    orderId,
                    "events up to version "
                            + unknown.getOrDefault(orderId, new OrderHistory()).lastVersion() + " and no order",
                    "a row in shop.orders"));
        }
    }
}
