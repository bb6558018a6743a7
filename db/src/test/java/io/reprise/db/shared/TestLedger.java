package io.reprise.db.shared;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.reprise.db.Ledger;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A ledger of its own for each test class, in one PostgreSQL that ends with the test run. */
public final class TestLedger implements BeforeAllCallback, AfterAllCallback {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private HikariDataSource database = new HikariDataSource();

    @Override
    public void beforeAll(ExtensionContext context) {
        EmbeddedPostgresServer server = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(
                        EmbeddedPostgresServer.class,
                        it -> EmbeddedPostgresServer.start(Placement.temporary()),
                        EmbeddedPostgresServer.class);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.createDatabase("ledger_" + DATABASES.incrementAndGet()));
        config.setUsername(EmbeddedPostgresServer.USER);
        config.setPassword(EmbeddedPostgresServer.PASSWORD);
        config.setMaximumPoolSize(12);
        config.setMinimumIdle(1);
        database = new HikariDataSource(config);
        LedgerMigrations.migrate(database);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        database.close();
    }

    public DataSource database() {
        return database;
    }

    public DSLContext sql() {
        return Sql.over(database);
    }

    public Ledger at(Clock clock) {
        return Ledger.over(database, clock);
    }
}
