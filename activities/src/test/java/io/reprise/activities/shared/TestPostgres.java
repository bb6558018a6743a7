package io.reprise.activities.shared;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.connection.ConnectionPool;
import io.reprise.activities.connection.ConnectionSettings;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL 18 for all tests of this module; each test class makes databases of its own. */
public final class TestPostgres {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    /** The address of a new, empty database. */
    public static String newDatabase() {
        return Server.RUNNING.createDatabase("test_" + DATABASES.incrementAndGet());
    }

    public static HikariDataSource pool(String url, int size) {
        return ConnectionPool.open("test", settings(url, size));
    }

    /** As the ledger's stores want it: each statement on its own, unless they say otherwise. */
    public static HikariDataSource ledgerPool(String url, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(EmbeddedPostgresServer.USER);
        config.setPassword(EmbeddedPostgresServer.PASSWORD);
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    public static ConnectionSettings settings(String url, int size) {
        return new ConnectionSettings(url, EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD, size);
    }

    /** A role that may only log in, with the password of all. */
    public static String newRole() {
        String role = "role_" + DATABASES.incrementAndGet();
        Server.RUNNING.createRole(role);
        return role;
    }

    public static int port() {
        return Server.RUNNING.port();
    }

    private static final class Server {
        private static final EmbeddedPostgresServer RUNNING = EmbeddedPostgresServer.start(Placement.temporary());
    }
}
