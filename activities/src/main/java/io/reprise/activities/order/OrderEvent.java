package io.reprise.activities.order;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.reprise.workflows.order.OrderLine;
import java.time.Instant;
import java.util.List;

/**
 * What happened to an order, as {@code shop.orders.events} says it. Versions of one order count from 1 without a gap; the
 * events of an order are enough to rebuild its state, its reservations and what it took from stock and account.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = OrderEvent.OrderPlaced.class, name = "ORDER_PLACED"),
    @JsonSubTypes.Type(value = OrderEvent.StockReserved.class, name = "STOCK_RESERVED"),
    @JsonSubTypes.Type(value = OrderEvent.PaymentCompleted.class, name = "PAYMENT_COMPLETED"),
    @JsonSubTypes.Type(value = OrderEvent.OrderCompleted.class, name = "ORDER_COMPLETED"),
    @JsonSubTypes.Type(value = OrderEvent.PaymentRefunded.class, name = "PAYMENT_REFUNDED"),
    @JsonSubTypes.Type(value = OrderEvent.StockReleased.class, name = "STOCK_RELEASED"),
    @JsonSubTypes.Type(value = OrderEvent.OrderCancelled.class, name = "ORDER_CANCELLED")
})
sealed interface OrderEvent {

    String TOPIC = "shop.orders.events";

    String eventId();

    String orderId();

    Instant occurredAt();

    long version();

    record OrderPlaced(
            String eventId,
            String orderId,
            Instant occurredAt,
            long version,
            int generation,
            String accountId,
            String currency,
            List<OrderLine> lines,
            long totalMinor)
            implements OrderEvent {

        public OrderPlaced {
            lines = List.copyOf(lines);
        }
    }

    record StockReserved(String eventId, String orderId, Instant occurredAt, long version, List<SkuQuantity> lines)
            implements OrderEvent {

        public StockReserved {
            lines = List.copyOf(lines);
        }
    }

    record PaymentCompleted(
            String eventId,
            String orderId,
            Instant occurredAt,
            long version,
            String accountId,
            String currency,
            long amountMinor)
            implements OrderEvent {}

    record OrderCompleted(String eventId, String orderId, Instant occurredAt, long version, List<SkuQuantity> lines)
            implements OrderEvent {

        public OrderCompleted {
            lines = List.copyOf(lines);
        }
    }

    record PaymentRefunded(
            String eventId,
            String orderId,
            Instant occurredAt,
            long version,
            String accountId,
            String currency,
            long amountMinor)
            implements OrderEvent {}

    record StockReleased(String eventId, String orderId, Instant occurredAt, long version, List<SkuQuantity> lines)
            implements OrderEvent {

        public StockReleased {
            lines = List.copyOf(lines);
        }
    }

    /** The end of an order that did not complete: REJECTED or CANCELLED, and why. */
    record OrderCancelled(
            String eventId, String orderId, Instant occurredAt, long version, String status, String reason)
            implements OrderEvent {}
}
