package io.reprise.activities.order;

import io.reprise.activities.order.ShopSnapshot.OrderRow;
import io.reprise.activities.order.ShopSnapshot.StockRow;
import io.reprise.db.run.AuditFinding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What the tables of the shop should hold if only the events had made them, beside what they hold. */
final class OrderComparison {

    private final Consumer<AuditFinding> findings;
    private final Map<String, Long> reserved = new HashMap<>();
    private final Map<String, Long> sold = new HashMap<>();
    private final Map<String, Long> spent = new HashMap<>();

    OrderComparison(Consumer<AuditFinding> findings) {
        this.findings = findings;
    }

    /** Compares some of the orders, and adds to the sums what they should have reserved, sold and spent. */
    void compareOrders(Map<String, OrderRow> orders, Map<String, OrderHistory> histories) {
        orders.forEach((orderId, row) -> compareOrder(
                orderId,
                row,
                histories.getOrDefault(orderId, new OrderHistory()).upTo(row.version())));
    }

    /** To be called once all orders were compared. */
    void compareSums(Map<String, StockRow> stock, Map<String, Long> spentByAccount) {
        Set<String> skus = new HashSet<>(stock.keySet());
        skus.addAll(reserved.keySet());
        skus.addAll(sold.keySet());
        skus.forEach(sku -> compareStock(sku, stock.getOrDefault(sku, new StockRow(0, 0))));
        Set<String> accounts = new HashSet<>(spentByAccount.keySet());
        accounts.addAll(spent.keySet());
        accounts.forEach(account -> compareAccount(account, spentByAccount.getOrDefault(account, 0L)));
    }

    private void compareOrder(String orderId, OrderRow row, RebuiltOrder rebuilt) {
        sum(reserved, rebuilt.reserved());
        sum(sold, rebuilt.sold());
        if (rebuilt.spentMinor() != 0) {
            spent.merge(rebuilt.accountId(), rebuilt.spentMinor(), Math::addExact);
        }
        if (rebuilt.events() != row.version()) {
            tell(
                    "event-missing",
                    orderId,
                    rebuilt.events() + " events up to version " + row.version(),
                    "one for each version");
        }
        OrderRow expected = new OrderRow(
                rebuilt.status(), rebuilt.accountId(), rebuilt.currency(), rebuilt.totalMinor(), row.version());
        if (!row.equals(expected)) {
            tell("order-differs", orderId, row.toString(), expected.toString());
        }
    }

    private static void sum(Map<String, Long> sums, List<SkuQuantity> lines) {
        lines.forEach(line -> sums.merge(line.sku(), line.quantity(), Math::addExact));
    }

    private void compareStock(String sku, StockRow row) {
        StockRow expected = new StockRow(reserved.getOrDefault(sku, 0L), sold.getOrDefault(sku, 0L));
        if (!row.equals(expected)) {
            tell("stock-differs", sku, row.toString(), expected.toString());
        }
    }

    private void compareAccount(String accountId, long row) {
        long expected = spent.getOrDefault(accountId, 0L);
        if (row != expected) {
            tell("account-differs", accountId, "spent " + row, "spent " + expected);
        }
    }

    private void tell(String kind, String subject, String found, String expected) {
        findings.accept(new AuditFinding(kind, subject, found, expected));
    }
}
