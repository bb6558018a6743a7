package io.reprise.bench.stream;

import com.dynatrace.hash4j.hashing.Hashing;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.activities.stream.LateRule;
import io.reprise.activities.stream.StormRule;
import io.reprise.activities.stream.TargetTables;
import io.reprise.activities.stream.TypedRow;
import io.reprise.catalog.sql.TableName;
import io.reprise.db.Ledger;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.worker.shared.Topics;
import io.reprise.worker.stream.StreamLoop;
import io.reprise.worker.stream.StreamSettings;
import io.reprise.worker.stream.StreamSurroundings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One database that is warehouse and ledger, and the stream that is measured on. */
final class StreamArena implements AutoCloseable {

    static final String STREAM = "views";
    static final String RAW = "raw.views";
    static final String TYPED = "mart.views";

    private final HikariDataSource database;
    private final String bootstrap;
    private final Ledger ledger;
    private final Topics topics;

    private StreamArena(String url, String bootstrap) {
        this.database = new HikariDataSource();
        database.setJdbcUrl(url);
        database.setUsername(EmbeddedPostgresServer.USER);
        database.setPassword(EmbeddedPostgresServer.PASSWORD);
        database.setMaximumPoolSize(6);
        this.bootstrap = bootstrap;
        this.ledger = Ledger.over(database, Clock.systemUTC());
        this.topics = new Topics(bootstrap);
    }

    static StreamArena at(String url, String bootstrap) {
        return new StreamArena(url, bootstrap);
    }

    void prepare() {
        LedgerMigrations.migrate(database);
        KitMigrations.migrate(database);
    }

    StreamLoop load() {
        StreamSettings settings = new StreamSettings(
                STREAM,
                STREAM,
                "reprise.stream." + STREAM,
                "warehouse",
                () -> new TargetTables(
                        TableName.of("raw", STREAM),
                        Optional.of(TableName.of("mart", STREAM)),
                        Optional.of(TypedRow.of(PageViews.SCHEMA, Optional.of("occurredAt")))),
                new LateRule(Duration.ofMinutes(10), LateRule.Policy.MARK_DAY),
                new StormRule(50, 100),
                new StreamSettings.BatchLimits(50_000, 16L * 1024 * 1024, Duration.ofMillis(500)),
                Optional.empty(),
                Duration.ofSeconds(30),
                true,
                false,
                Duration.ofSeconds(8));
        return StreamLoop.start(
                settings,
                new StreamSurroundings(
                        bootstrap, topics, PageViews.registry(), ledger, Clock.systemUTC(), new SimpleMeterRegistry()),
                database::getConnection);
    }

    /** As rows have it. */
    static long hash(byte[] value) {
        return Hashing.xxh3_64().hashBytesToLong(value);
    }

    long accounted() throws SQLException {
        return number("select coalesce(sum(loaded + late + dead), 0) from reprise_kit.stream_count");
    }

    long number(String query) throws SQLException {
        try (Connection open = database.getConnection();
                Statement statement = open.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Nullable
    String text(String query) throws SQLException {
        try (Connection open = database.getConnection();
                Statement statement = open.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    void execute(String statement) throws SQLException {
        try (Connection open = database.getConnection();
                Statement execute = open.createStatement()) {
            execute.execute(statement);
        }
    }

    HikariDataSource database() {
        return database;
    }

    @Override
    public void close() {
        topics.close();
        database.close();
    }
}
