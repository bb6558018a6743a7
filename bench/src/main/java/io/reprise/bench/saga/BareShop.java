package io.reprise.bench.saga;

import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.StatementResult;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderLine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * The statements of the order saga's steps on the shop's tables, sent to the server in as few round trips, with nothing
 * beside them.
 */
final class BareShop implements BareOrderSteps {

    private static final String PLACE = """
            insert into shop.orders (order_id, account_id, status, total_minor, currency, lines, content_hash, generation,
                version)
            values (?, ?, 'PLACED', ?, ?, ?::jsonb, decode(?, 'hex'), ?, 1)
            on conflict (order_id) do nothing""";

    private static final String ADVANCE = """
            update shop.orders set version = version + 1, updated_at = clock_timestamp()
            where order_id = ? and status = 'PLACED'
            returning version""";

    private static final String COMPLETE = """
            update shop.orders set status = 'COMPLETED', version = version + 1, updated_at = clock_timestamp()
            where order_id = ? and status = 'PLACED'
            returning version""";

    private static final String LOCK_STOCK = """
            select sku, on_hand - reserved from shop.inventory where sku = any (?)
            order by sku for no key update""";

    private static final String RESERVE = """
            update shop.inventory stock set reserved = stock.reserved + wanted.quantity
            from unnest(?::text[], ?::bigint[]) wanted (sku, quantity)
            where stock.sku = wanted.sku and stock.on_hand - stock.reserved >= wanted.quantity""";

    private static final String SHIP = """
            update shop.inventory stock
            set on_hand = stock.on_hand - held.quantity, reserved = stock.reserved - held.quantity,
                sold = stock.sold + held.quantity
            from unnest(?::text[], ?::bigint[]) held (sku, quantity)
            where stock.sku = held.sku""";

    private static final String LOCK_ACCOUNT =
            "select currency, balance_minor from shop.accounts where account_id = ? for no key update";

    private static final String DEBIT = """
            update shop.accounts set balance_minor = balance_minor - ?, spent_minor = spent_minor + ?
            where account_id = ? and currency = ? and balance_minor >= ?""";

    private static final String NO_HASH = "00".repeat(32);

    private final DataSource shop;

    BareShop(DataSource shop) {
        this.shop = shop;
    }

    @Override
    public void create(Order order) {
        String lines = order.lines().stream()
                .map(line -> "{\"sku\":\"%s\",\"quantity\":%d,\"unitPriceMinor\":%d}"
                        .formatted(line.sku(), line.quantity(), line.unitPriceMinor()))
                .toList()
                .toString();
        commit(
                new Pipeline()
                        .add(
                                PLACE,
                                order.orderId().value(),
                                order.accountId().value(),
                                order.totalMinor(),
                                order.currency(),
                                lines,
                                NO_HASH,
                                1),
                1);
    }

    @Override
    public void reserveStock(Order order) {
        Map<String, Long> wanted = quantities(order);
        commit(stock(ADVANCE, RESERVE, order, wanted), wanted.size());
    }

    @Override
    public void debitAccount(Order order) {
        long total = order.totalMinor();
        String account = order.accountId().value();
        commit(
                new Pipeline()
                        .add(ADVANCE, order.orderId().value())
                        .add(LOCK_ACCOUNT, account)
                        .add(DEBIT, total, total, account, order.currency(), total),
                1);
    }

    @Override
    public void complete(Order order) {
        Map<String, Long> held = quantities(order);
        commit(stock(COMPLETE, SHIP, order, held), held.size());
    }

    private static Pipeline stock(String orderChange, String stockChange, Order order, Map<String, Long> quantities) {
        String[] skus = quantities.keySet().toArray(String[]::new);
        return new Pipeline()
                .add(orderChange, order.orderId().value())
                .add(LOCK_STOCK, (Object) skus)
                .add(stockChange, skus, quantities.values().toArray(Long[]::new));
    }

    private static Map<String, Long> quantities(Order order) {
        Map<String, Long> quantities = new TreeMap<>();
        for (OrderLine line : order.lines()) {
            quantities.merge(line.sku().value(), (long) line.quantity(), Math::addExact);
        }
        return quantities;
    }

    /** Runs the statements in a transaction of their own, of which the last changes so many rows. */
    private void commit(Pipeline statements, int expectedRows) {
        try (Connection connection = shop.getConnection()) {
            List<StatementResult> results = statements.run(connection);
            if (results.getLast().count() != expectedRows) {
                throw new IllegalStateException("the bare step changed "
                        + results.getLast().count() + " rows (expected: " + expectedRows + ")");
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("the bare step failed", e);
        }
    }
}
