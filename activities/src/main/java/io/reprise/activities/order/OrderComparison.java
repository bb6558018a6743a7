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

    private final ShopSnapshot shop;
    private final Map<String, OrderHistory> histories;
    private final Consumer<AuditFinding> findings;
    private final Map<String, Long> reserved = new HashMap<>();
    private final Map<String, Long> sold = new HashMap<>();
    private final Map<String, Long> spent = new HashMap<>();

    OrderComparison(ShopSnapshot shop, Map<String, OrderHistory> histories, Consumer<AuditFinding> findings) {
        this.shop = shop;
        this.histories = histories;
        this.findings = findings;
    }

    void compare() {
        shop.orders().forEach(this::compareOrder);
        Set<String> skus = new HashSet<>(shop.stock().keySet());
        skus.addAll(reserved.keySet());
        skus.addAll(sold.keySet());
        skus.forEach(this::compareStock);
        Set<String> accounts = new HashSet<>(shop.spent().keySet());
        accounts.addAll(spent.keySet());
        accounts.forEach(this::compareAccount);
    }

    private void compareOrder(String orderId, OrderRow row) {
        RebuiltOrder rebuilt =
                histories.getOrDefault(orderId, new OrderHistory()).upTo(row.version());
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

    private void compareStock(String sku) {
        StockRow row = shop.stock().getOrDefault(sku, new StockRow(0, 0));
        StockRow expected = new StockRow(reserved.getOrDefault(sku, 0L), sold.getOrDefault(sku, 0L));
        if (!row.equals(expected)) {
            tell("stock-differs", sku, row.toString(), expected.toString());
        }
    }

    private void compareAccount(String accountId) {
        long row = shop.spent().getOrDefault(accountId, 0L);
        long expected = spent.getOrDefault(accountId, 0L);
        if (row != expected) {
            tell("account-differs", accountId, "spent " + row, "spent " + expected);
        }
    }

    private void tell(String kind, String subject, String found, String expected) {
        findings.accept(new AuditFinding(kind, subject, found, expected));
    }
}
