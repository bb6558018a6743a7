package io.reprise.cli.generate;

import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;

/** The table {@code raw.events} of the warehouse, to which events are only added. */
final class EventTable implements AutoCloseable {

    private static final String INSERT = """
            insert into raw.events (event_id, event_day, occurred_at, order_id, sku, region, quantity, unit_price_minor, row_hash)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (event_id) do nothing""";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNDEFINED_SCHEMA = "3F000";

    private final Connection connection;

    private EventTable(Connection connection) {
        this.connection = connection;
    }

    static EventTable open(String url, String user, String password) {
        try {
            Connection connection = DriverManager.getConnection(url, user, password);
            connection.setAutoCommit(false);
            return new EventTable(connection);
        } catch (SQLException away) {
            throw new CommandFailed(
                    ExitCode.UNAVAILABLE,
                    "cannot connect to " + url + " as " + user + ": " + away.getMessage()
                            + " (expected: a PostgreSQL that answers, such as that of reprise dev)");
        }
    }

    /** Adds those that are not there yet, all or none, and answers how many that were. */
    int add(List<ShopEvent> events) {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (ShopEvent event : events) {
                bind(insert, event);
                insert.addBatch();
            }
            int added = 0;
            for (int count : insert.executeBatch()) {
                added += Math.max(count, 0);
            }
            connection.commit();
            return added;
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    private static void bind(PreparedStatement insert, ShopEvent event) throws SQLException {
        int column = 1;
        insert.setObject(column++, event.eventId());
        insert.setObject(column++, event.day());
        insert.setTimestamp(column++, Timestamp.from(event.occurredAt()));
        insert.setString(column++, event.orderId());
        insert.setString(column++, event.sku());
        insert.setString(column++, event.region());
        insert.setInt(column++, event.quantity());
        insert.setLong(column++, event.unitPriceMinor());
        insert.setLong(column, event.rowHash());
    }

    private static CommandFailed failed(SQLException failure) {
        if (UNDEFINED_TABLE.equals(failure.getSQLState()) || UNDEFINED_SCHEMA.equals(failure.getSQLState())) {
            return new CommandFailed(
                    ExitCode.REFUSED,
                    "cannot add events: the warehouse has no table raw.events (expected: the one that"
                            + " `reprise run start pipeline/warehouse-tables --wait` makes)");
        }
        return new CommandFailed(ExitCode.FAILED, "cannot add events: " + failure.getMessage());
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException gone) {
            throw new CommandFailed(ExitCode.FAILED, "cannot close the connection: " + gone.getMessage());
        }
    }
}
