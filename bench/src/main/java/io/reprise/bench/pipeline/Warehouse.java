package io.reprise.bench.pipeline;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The tables that are measured on. */
final class Warehouse {

    private static final String[] TABLES = {
        "create schema bench",
        "create table bench.inserted (number bigint, step text, primary key (number, step))",
        "create table bench.inserted_barely (number bigint, step text, primary key (number, step))",
        "create table bench.days (day date primary key)",
        "create table bench.events (day date not null, number bigint not null, amount bigint not null)",
        """
        create table bench.summary (
            day date, reduction integer, bucket bigint, events bigint not null, amount bigint not null,
            primary key (day, reduction, bucket))""",
        "create table bench.summary_barely (like bench.summary including all)",
    };

    private final DataSource database;

    Warehouse(DataSource database) {
        this.database = database;
    }

    void create() throws SQLException {
        change(TABLES);
    }

    /** As many events as said, on each of the first days of November. */
    void fill(int days, int eventsADay) throws SQLException {
        change("""
                insert into bench.events
                select date '2026-11-01' + day, number, (number::bigint * 7919 + day) %% 10007
                from generate_series(0, %d - 1) day, generate_series(0, %d - 1) number""".formatted(days, eventsADay), "create index on bench.events (day)", "vacuum analyze bench.events");
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
