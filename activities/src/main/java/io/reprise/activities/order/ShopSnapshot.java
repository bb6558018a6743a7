package io.reprise.activities.order;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The shop's tables and the events that have not left yet, at one instant, however long they are read. */
final class ShopSnapshot implements AutoCloseable {

    private static final int ROWS_AT_ONCE = 1_000;

    private static final String INSTANT = "set transaction isolation level repeatable read, read only";

    private static final String LAST_IDS = """
            select order_id from (
                select order_id, row_number() over (order by order_id collate "C") as n from shop.orders) as numbered
            where n % ? = 0 order by n""";

    private static final String ORDERS = """
            select order_id, status, account_id, currency, total_minor, version from shop.orders
            where order_id collate "C" > ? and (? or order_id collate "C" <= ?)""";

    private static final String WAITING = """
            select payload from reprise_kit.outbox
            where topic = ? and key collate "C" > ? and (? or key collate "C" <= ?)
            order by shard, id""";

    record OrderRow(String status, String accountId, String currency, long totalMinor, long version) {}

    record StockRow(long reserved, long sold) {}

    /** Takes one row after another. */
    @FunctionalInterface
    interface Taking {
        void take(ResultSet row) throws SQLException;
    }

    private final Connection connection;

    private ShopSnapshot(Connection connection) {
        this.connection = connection;
    }

    static ShopSnapshot of(DataSource shop) throws SQLException {
        Connection connection = shop.getConnection();
        try (Statement instant = connection.createStatement()) {
            connection.setAutoCommit(false);
            instant.execute(INSTANT);
            // The instant is that of the first question.
            instant.execute("select 1");
            return new ShopSnapshot(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** All orders, so many in each range; the last range also has those that were placed since. */
    List<OrderRange> ranges(int orders) throws SQLException {
        List<String> lastIds = new ArrayList<>();
        read(LAST_IDS, row -> lastIds.add(row.getString(1)), orders);
        return OrderRange.endingWith(lastIds);
    }

    Map<String, OrderRow> orders(OrderRange range) throws SQLException {
        Map<String, OrderRow> orders = new HashMap<>();
        read(
                ORDERS,
                row -> orders.put(
                        row.getString(1),
                        new OrderRow(
                                row.getString(2), row.getString(3), row.getString(4), row.getLong(5), row.getLong(6))),
                range.after(),
                range.last().isEmpty(),
                range.last().orElse(""));
        return orders;
    }

    Map<String, StockRow> stock() throws SQLException {
        Map<String, StockRow> stock = new HashMap<>();
        read(
                "select sku, reserved, sold from shop.inventory",
                row -> stock.put(row.getString(1), new StockRow(row.getLong(2), row.getLong(3))));
        return stock;
    }

    Map<String, Long> spent() throws SQLException {
        Map<String, Long> spent = new HashMap<>();
        read("select account_id, spent_minor from shop.accounts", row -> spent.put(row.getString(1), row.getLong(2)));
        return spent;
    }

    /** Events of the range that wait in the outbox. */
    void waiting(OrderRange range, Taking payload) throws SQLException {
        read(
                WAITING,
                payload,
                OrderEvent.TOPIC,
                range.after(),
                range.last().isEmpty(),
                range.last().orElse(""));
    }

    private void read(String question, Taking each, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            for (int n = 0; n < values.length; n++) {
                statement.setObject(n + 1, values[n]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.take(rows);
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
        }
    }
}
