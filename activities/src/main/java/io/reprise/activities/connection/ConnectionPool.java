package io.reprise.activities.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import io.reprise.activities.sql.SessionStart;
import io.reprise.catalog.connection.ConnectionDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

/** Opens pools whose connections are ready for fenced steps: READ COMMITTED or stricter, no auto-commit. */
public final class ConnectionPool {

    private ConnectionPool() {}

    /** Opens a pool without waiting for the database: where it is away, callers wait for it one by one. */
    public static HikariDataSource open(String name, ConnectionSettings settings) {
        return new HikariDataSource(config(name, settings));
    }

    private static HikariConfig config(String name, ConnectionSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.pool());
        config.setMinimumIdle(Math.min(2, settings.pool()));
        config.setConnectionTimeout(settings.patience().toMillis());
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        SessionStart.sql(settings.dialect()).ifPresent(config::setConnectionInitSql);
        switch (settings.dialect()) {
            case POSTGRESQL -> postgres(config, name);
            case MARIADB, MYSQL -> mariaDb(config);
            case SQLITE -> sqlite(config);
            case H2 -> h2(config);
        }
        return config;
    }

    /**
     * Opens the pool of a connection of the catalog.
     *
     * @param password asked for at each new session, so that it may change
     */
    public static HikariDataSource open(ConnectionDefinition connection, Supplier<String> password) {
        String name = connection.name().value();
        String user = connection.user().orElse("");
        HikariConfig config = config(name, new ConnectionSettings(connection.url(), user, "", connection.pool()));
        config.setCredentialsProvider(() -> new Credentials(user, password.get()));
        connection.properties().forEach(config::addDataSourceProperty);
        return new HikariDataSource(config);
    }

    private static void postgres(HikariConfig config, String name) {
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.addDataSourceProperty("ApplicationName", "reprise " + name);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "5");
    }

    /** A step's own statements go together, which is not for texts that carry anybody's values. */
    private static void mariaDb(HikariConfig config) {
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.addDataSourceProperty("allowMultiQueries", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "5000");
    }

    /**
     * Readers do not wait for the writer, several processes may share the file, and a commit that was answered survives the
     * machine. A transaction is begun as soon as the last one has ended, so it must not take the write lock by itself.
     */
    private static void sqlite(HikariConfig config) {
        config.addDataSourceProperty("journal_mode", "WAL");
        config.addDataSourceProperty("synchronous", "FULL");
        config.addDataSourceProperty("transaction_mode", "DEFERRED");
        config.addDataSourceProperty("foreign_keys", "true");
        config.addDataSourceProperty("busy_timeout", "3000");
        config.setExceptionOverrideClassName(EmbeddedConnectionEnd.class.getName());
    }

    private static void h2(HikariConfig config) {
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setExceptionOverrideClassName(EmbeddedConnectionEnd.class.getName());
    }

    /** Whether the database answers now. */
    public static boolean answers(HikariDataSource pool) {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(2);
        } catch (SQLException away) {
            return false;
        }
    }
}
