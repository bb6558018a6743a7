package io.reprise.bench.pipeline;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import javax.sql.DataSource;

/** The tables that are measured on. */
final class Warehouse {

    private static final String[] TABLES = {
        "create schema bench",
        "create table bench.inserted (number bigint, step text, primary key (number, step))",
        "create table bench.inserted_barely (number bigint, step text, primary key (number, step))",
        "create table bench.days (day date primary key)",
        """
        create table bench.events (
            event_id uuid not null, day date not null, occurred_at timestamptz not null, received_at timestamptz not null,
            number bigint not null, visitor bigint not null, kind text not null, url text not null, agent text not null,
            address inet not null, quantity int not null, amount bigint not null, payload text not null,
            row_hash bigint not null)""",
        """
        create table bench.summary (
            day date, reduction integer, bucket bigint, events bigint not null, visitors bigint not null,
            amount bigint not null, primary key (day, reduction, bucket))""",
        "create table bench.summary_barely (like bench.summary including all)",
    };

    private final DataSource database;

    Warehouse(DataSource database) {
        this.database = database;
    }

    void create() throws SQLException {
        change(TABLES);
    }

    /** As many events as said on each of these days, of 14 columns and some 350 bytes, as shops and web sites have them. */
    void fill(LocalDate first, int days, int eventsADay) throws SQLException {
        change(
                """
                insert into bench.events
                select md5(day || '/' || number)::uuid, date '%1$s' + day, date '%1$s' + day + number * interval '50 ms',
                    date '%1$s' + day + number * interval '50 ms' + interval '2 s', number,
                    (number::bigint * 7919 + day) %% 50021, (array['view', 'cart', 'order'])[1 + number %% 3],
                    'https://shop.example/products/' || number %% 1000 || '?visit=' || md5(number::text),
                    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
                    '10.0.0.0'::inet + number %% 65536, 1 + number %% 5, (number::bigint * 7919 + day) %% 10007,
                    '{"sku":"sku-' || number %% 1000 || '","coupon":null,"store":"' || number %% 40 || '"}',
                    hashtextextended(day || '/' || number, 0)
                from generate_series(0, %2$d - 1) day, generate_series(0, %3$d - 1) number""".formatted(first, days, eventsADay),
                "create index if not exists events_by_day on bench.events (day)",
                "vacuum analyze bench.events");
    }

    void change(String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    long count(String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    DataSource database() {
        return database;
    }
}
