package io.reprise.activities.order;

import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.Row;
import io.reprise.activities.sql.StatementResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The shop's tables and the events that have not left yet, at one instant. */
record ShopSnapshot(
        Map<String, OrderRow> orders, Map<String, StockRow> stock, Map<String, Long> spent, List<String> waiting) {

    record OrderRow(String status, String accountId, String currency, long totalMinor, long version) {}

    record StockRow(long reserved, long sold) {}

    static ShopSnapshot of(DataSource shop) throws SQLException {
        try (Connection connection = shop.getConnection()) {
            connection.setAutoCommit(false);
            List<StatementResult> read = new Pipeline()
                    .add("set transaction isolation level repeatable read, read only")
                    .add("select order_id, status, account_id, currency, total_minor, version from shop.orders")
                    .add("select sku, reserved, sold from shop.inventory")
                    .add("select account_id, spent_minor from shop.accounts")
                    .add("select payload from reprise_kit.outbox where topic = ?", OrderEvent.TOPIC)
                    .run(connection);
            connection.rollback();
            return new ShopSnapshot(
                    orders(read.get(1)),
                    stock(read.get(2)),
                    spent(read.get(3)),
                    read.get(4).rows().stream().map(row -> row.text(0)).toList());
        }
    }

    private static Map<String, OrderRow> orders(StatementResult read) {
        Map<String, OrderRow> orders = new HashMap<>();
        for (Row row : read.rows()) {
            orders.put(row.text(0), new OrderRow(row.text(1), row.text(2), row.text(3), row.number(4), row.number(5)));
        }
        return orders;
    }

    private static Map<String, StockRow> stock(StatementResult read) {
        Map<String, StockRow> stock = new HashMap<>();
        for (Row row : read.rows()) {
            stock.put(row.text(0), new StockRow(row.number(1), row.number(2)));
        }
        return stock;
    }

    private static Map<String, Long> spent(StatementResult read) {
        Map<String, Long> spent = new HashMap<>();
        for (Row row : read.rows()) {
            spent.put(row.text(0), row.number(1));
        }
        return spent;
    }
}
