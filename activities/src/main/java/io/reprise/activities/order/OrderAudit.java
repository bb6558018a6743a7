package io.reprise.activities.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.reprise.activities.run.Audit;
import io.reprise.activities.run.AuditProgress;
import io.reprise.db.run.AuditFinding;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Rebuilds every order from the event log, and compares with the shop's tables what the orders' states, reservations, sales
 * and payments should be.
 *
 * <p>The tables and the events that wait in the outbox are read at one instant, and the log after it: what left the outbox
 * before is in the log, and what happened later has a version that the tables did not have. So the answer is exact while
 * orders come in.
 */
public final class OrderAudit implements Audit {

    private final DataSource shop;
    private final OrderLog log;

    public OrderAudit(DataSource shop, String bootstrapServers) {
        this.shop = shop;
        this.log = new OrderLog(bootstrapServers);
    }

    @Override
    public void run(AuditProgress progress) throws SQLException {
        ShopSnapshot snapshot = ShopSnapshot.of(shop);
        Map<String, OrderHistory> histories = new HashMap<>();
        log.read(event -> {
            add(histories, event, progress);
            progress.checked(1);
        });
        for (String waiting : snapshot.waiting()) {
            add(histories, waiting, "the outbox", progress);
        }
        progress.checked(snapshot.orders().size());
        new OrderComparison(snapshot, histories, progress::found).compare();
        tellOfUnknownOrders(snapshot, histories, progress);
    }

    private static void add(
            Map<String, OrderHistory> histories, ConsumerRecord<String, String> event, AuditProgress progress) {
        String place = event.topic() + "-" + event.partition() + "@" + event.offset();
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
    private void tellOfUnknownOrders(ShopSnapshot snapshot, Map<String, OrderHistory> histories, AuditProgress progress)
            throws SQLException {
        if (snapshot.orders().keySet().containsAll(histories.keySet())) {
            return;
        }
        ShopSnapshot later = ShopSnapshot.of(shop);
        histories.forEach((orderId, history) -> {
            if (!later.orders().containsKey(orderId)) {
                progress.found(new AuditFinding(
                        "order-missing",
                        orderId,
                        "events up to version " + history.lastVersion() + " and no order",
                        "a row in shop.orders"));
            }
        });
    }
}
