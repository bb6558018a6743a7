package io.reprise.activities.order;

import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.Row;
import io.reprise.activities.sql.StatementResult;
import io.reprise.workflows.saga.Refusal;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The statements on {@code shop.inventory}. Rows are locked in the order of their skus before any is changed, so that orders
 * which want the same things queue up instead of waiting for each other in a circle.
 */
final class Inventory {

    private static final String LOCK = """
            select sku, on_hand - reserved from shop.inventory where sku = any (?)
            order by sku for no key update""";

    private static final String RESERVE = """
            update shop.inventory stock set reserved = stock.reserved + wanted.quantity
            from unnest(?::text[], ?::bigint[]) wanted (sku, quantity)
            where stock.sku = wanted.sku and stock.on_hand - stock.reserved >= wanted.quantity""";

    private static final String RELEASE = """
            update shop.inventory stock set reserved = stock.reserved - held.quantity
            from unnest(?::text[], ?::bigint[]) held (sku, quantity)
            where stock.sku = held.sku""";

    private static final String SHIP = """
            update shop.inventory stock
            set on_hand = stock.on_hand - held.quantity, reserved = stock.reserved - held.quantity,
                sold = stock.sold + held.quantity
            from unnest(?::text[], ?::bigint[]) held (sku, quantity)
            where stock.sku = held.sku""";

    private Inventory() {}

    static Pipeline reserve(List<SkuQuantity> lines) {
        return locked(RESERVE, lines);
    }

    static Pipeline release(List<SkuQuantity> lines) {
        return locked(RELEASE, lines);
    }

    static Pipeline ship(List<SkuQuantity> lines) {
        return locked(SHIP, lines);
    }

    private static Pipeline locked(String change, List<SkuQuantity> lines) {
        String[] skus = lines.stream().map(SkuQuantity::sku).toArray(String[]::new);
        Long[] quantities = lines.stream().map(SkuQuantity::quantity).toArray(Long[]::new);
        return new Pipeline().add(LOCK, (Object) skus).add(change, skus, quantities);
    }

    /** Refuses unless every line was reserved. */
    static void requireReserved(List<SkuQuantity> lines, StatementResult locked, StatementResult changed) {
        if (changed.count() == lines.size()) {
            return;
        }
        Map<String, Long> free =
                locked.rows().stream().collect(Collectors.toMap(row -> row.text(0), row -> row.number(1)));
        for (SkuQuantity line : lines) {
            Long left = free.get(line.sku());
            if (left == null) {
                throw Refusal.because("unknown-sku", "cannot reserve " + line.sku() + ": the shop has no such thing");
            }
            if (left < line.quantity()) {
                throw Refusal.because(
                        "out-of-stock",
                        "cannot reserve " + line.quantity() + " of " + line.sku() + ": found " + left + " free");
            }
        }
        requireChanged(lines, locked, changed);
    }

    static void requireChanged(List<SkuQuantity> lines, StatementResult locked, StatementResult changed) {
        if (changed.count() != lines.size()) {
            throw ApplicationFailure.newFailure(
                    "cannot move the stock of " + lines + ": found the rows "
                            + locked.rows().stream().map(Row::values).toList() + " (expected: one for each sku)",
                    OrderTable.SHOP_CHANGED);
        }
    }
}
