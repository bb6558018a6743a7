package io.reprise.bench.chaos;

import io.reprise.bench.chaos.Found.Account;
import io.reprise.bench.chaos.Found.Run;
import io.reprise.bench.chaos.Found.ShopOrder;
import io.reprise.bench.chaos.Found.Step;
import io.reprise.bench.chaos.Found.Stock;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Ledger, kit and shop as plain SQL sees them, over one connection of its own that no fault cuts. */
final class Ledgers implements AutoCloseable {

    static final String APPLICATION = "reprise-bench";

    private final Connection connection;

    Ledgers(String jdbcUrl, String user, String password) throws SQLException {
        this.connection = DriverManager.getConnection(jdbcUrl + "?ApplicationName=" + APPLICATION, user, password);
    }

    Connection connection() {
        return connection;
    }

    /** Which of these orders the ledger has accepted. */
    synchronized Set<String> accepted(Collection<String> orderIds) throws SQLException {
        return matching("select name from reprise.run where feature = 'order' and name = any (?)", orderIds);
    }

    /** Which of these orders have ended. */
    synchronized Set<String> ended(Collection<String> orderIds) throws SQLException {
        return matching(
                "select name from reprise.run where feature = 'order' and name = any (?) and ended_at is not null",
                orderIds);
    }

    synchronized long outbox() throws SQLException {
        return number("select count(*) from reprise_kit.outbox");
    }

    /** Cuts connections of every other session: each with this chance, or those that are committing right now. */
    synchronized long cut(boolean onlyCommitting, double share) throws SQLException {
        return number("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid() and application_name <> '"
                + APPLICATION + "' and "
                + (onlyCommitting ? "state = 'active' and query ilike 'commit%'" : "random() < " + share));
    }

    synchronized Found read(EventLog log) throws SQLException {
        return new Found(runs(), orders(), fences(), steps(), log.byOrder(), stock(), accounts(), letters(), outbox());
    }

    /** For each order, the instants at which it got on, from its acceptance to its end. */
    synchronized Map<String, List<Instant>> progress() throws SQLException {
        Map<String, List<Instant>> progress = new HashMap<>();
        each(
                """
                select r.name, moment from reprise.run r
                cross join lateral (
                    values (r.accepted_at), (r.started_at), (r.ended_at)
                    union all select f.done_at from reprise_kit.fence f where f.run_id = r.run_id
                    union all select f.undone_at from reprise_kit.fence f where f.run_id = r.run_id) as m (moment)
                where r.feature = 'order' and moment is not null order by moment""",
                row -> progress.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                        .add(row.getObject(2, OffsetDateTime.class).toInstant()));
        return progress;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private Map<String, Run> runs() throws SQLException {
        Map<String, Run> runs = new TreeMap<>();
        each(
                "select substring(workflow_id from 7), forward, compensation, reason, ended_at is not null"
                        + " from reprise.run",
                row -> runs.put(
                        row.getString(1),
                        new Run(
                                row.getString(2),
                                row.getString(3),
                                Optional.ofNullable(row.getString(4)),
                                row.getBoolean(5))));
        return runs;
    }

    private Map<String, ShopOrder> orders() throws SQLException {
        Map<String, ShopOrder> orders = new TreeMap<>();
        each(
                "select order_id, status, total_minor from shop.orders",
                row -> orders.put(row.getString(1), new ShopOrder(row.getString(2), row.getLong(3))));
        return orders;
    }

    private Map<String, Map<String, String>> fences() throws SQLException {
        Map<String, Map<String, String>> fences = new TreeMap<>();
        each(
                "select substring(workflow_id from 7), step_id, state from reprise_kit.fence",
                row -> fences.computeIfAbsent(row.getString(1), id -> new TreeMap<>())
                        .put(row.getString(2), row.getString(3)));
        return fences;
    }

    private Map<String, Map<String, Step>> steps() throws SQLException {
        Map<String, Map<String, Step>> steps = new TreeMap<>();
        each(
                """
                select substring(r.workflow_id from 7), s.step_id, s.forward, s.compensation
                from reprise.run_step s join reprise.run r using (run_id, started_on)""",
                row -> steps.computeIfAbsent(row.getString(1), id -> new TreeMap<>())
                        .put(row.getString(2), new Step(row.getString(3), row.getString(4))));
        return steps;
    }

    private Map<String, Stock> stock() throws SQLException {
        Map<String, Stock> stock = new TreeMap<>();
        each(
                "select sku, on_hand, reserved, sold from shop.inventory",
                row -> stock.put(row.getString(1), new Stock(row.getLong(2), row.getLong(3), row.getLong(4))));
        return stock;
    }

    private Map<String, Account> accounts() throws SQLException {
        Map<String, Account> accounts = new TreeMap<>();
        each(
                "select account_id, balance_minor, spent_minor from shop.accounts",
                row -> accounts.put(row.getString(1), new Account(row.getLong(2), row.getLong(3))));
        return accounts;
    }

    private Map<String, List<String>> letters() throws SQLException {
        Map<String, List<String>> letters = new TreeMap<>();
        each(
                "select convert_from(record_key, 'UTF8'), code from reprise.dead_letter order by 1, 2",
                row -> letters.computeIfAbsent(row.getString(1), key -> new ArrayList<>())
                        .add(row.getString(2)));
        return letters;
    }

    private Set<String> matching(String query, Collection<String> orderIds) throws SQLException {
        Set<String> matching = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            Array ids = connection.createArrayOf("text", orderIds.toArray());
            statement.setArray(1, ids);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    matching.add(rows.getString(1));
                }
            }
        }
        return matching;
    }

    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void each(String query, RowReader reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
