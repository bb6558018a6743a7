package io.reprise.activities.order;

import io.reprise.activities.order.OrderEvent.OrderCancelled;
import io.reprise.activities.order.OrderEvent.OrderCompleted;
import io.reprise.activities.order.OrderEvent.OrderPlaced;
import io.reprise.activities.order.OrderEvent.PaymentCompleted;
import io.reprise.activities.order.OrderEvent.PaymentRefunded;
import io.reprise.activities.order.OrderEvent.StockReleased;
import io.reprise.activities.order.OrderEvent.StockReserved;
import java.util.List;

/**
 * The state of an order that follows from its events, and from nothing else.
 *
 * @param events how many events led here: as many as the order's version, or some are missing
 * @param reserved what the order holds in stock
 * @param sold what left the stock for it
 * @param spentMinor what the account paid, less what it got back
 */
record RebuiltOrder(
        String status,
        String accountId,
        String currency,
        long totalMinor,
        long events,
        List<SkuQuantity> reserved,
        List<SkuQuantity> sold,
        long spentMinor) {

    static final RebuiltOrder NOTHING = new RebuiltOrder("none", "", "", 0, 0, List.of(), List.of(), 0);

    RebuiltOrder after(OrderEvent event) {
        RebuiltOrder next =
                new RebuiltOrder(status, accountId, currency, totalMinor, events + 1, reserved, sold, spentMinor);
        return switch (event) {
            case OrderPlaced placed ->
                new RebuiltOrder(
                        "PLACED",
                        placed.accountId(),
                        placed.currency(),
                        placed.totalMinor(),
                        next.events,
                        reserved,
                        sold,
                        spentMinor);
            case StockReserved stock -> next.holding(stock.lines());
            case StockReleased ignored -> next.holding(List.of());
            case PaymentCompleted paid -> next.spending(Math.addExact(spentMinor, paid.amountMinor()));
            case PaymentRefunded paid -> next.spending(Math.subtractExact(spentMinor, paid.amountMinor()));
            case OrderCompleted completed -> next.shipping(completed.lines());
            case OrderCancelled cancelled -> next.in(cancelled.status());
        };
    }

    private RebuiltOrder in(String nextStatus) {
        return new RebuiltOrder(nextStatus, accountId, currency, totalMinor, events, reserved, sold, spentMinor);
    }

    private RebuiltOrder holding(List<SkuQuantity> lines) {
        return new RebuiltOrder(status, accountId, currency, totalMinor, events, lines, sold, spentMinor);
    }

    private RebuiltOrder spending(long minor) {
        return new RebuiltOrder(status, accountId, currency, totalMinor, events, reserved, sold, minor);
    }

    private RebuiltOrder shipping(List<SkuQuantity> lines) {
        return new RebuiltOrder("COMPLETED", accountId, currency, totalMinor, events, List.of(), lines, spentMinor);
    }
}
