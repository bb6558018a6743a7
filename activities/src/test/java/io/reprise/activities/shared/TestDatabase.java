package io.reprise.activities.shared;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.connection.ConnectionPool;
import io.reprise.activities.connection.ConnectionSettings;
import io.reprise.activities.sql.Pipeline;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.embedded.EmbeddedMariaDbServer;
import io.reprise.embedded.Placement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The databases that steps run on, each for real: two servers, and two that live in files of this machine. */
public enum TestDatabase {
    POSTGRESQL,
    MARIADB,
    SQLITE,
    H2;

    private static final String USER = "reprise";
    private static final String PASSWORD = "reprise";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** The address of a new, empty database. */
    public String newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        return switch (this) {
            case POSTGRESQL -> TestPostgres.newDatabase();
            case MARIADB -> MariaDb.RUNNING.createDatabase(name);
            case SQLITE -> "jdbc:sqlite:" + OfFiles.FOLDER.resolve(name + ".sqlite");
            case H2 -> "jdbc:h2:file:" + OfFiles.FOLDER.resolve(name);
        };
    }

    public SqlDialect dialect() {
        return SqlDialect.valueOf(name());
    }

    public HikariDataSource pool(String url, int size) {
        return ConnectionPool.open("test", new ConnectionSettings(url, USER, PASSWORD, size));
    }

    /** Where its server listens. */
    public int port() {
        return switch (this) {
            case POSTGRESQL -> TestPostgres.port();
            case MARIADB -> MariaDb.RUNNING.port();
            case SQLITE, H2 -> throw new IllegalStateException(this + " has no server");
        };
    }

    /** An address that leads through the port of a proxy. */
    public String through(int proxyPort, String url) {
        String proxied = url.replace(":" + port() + "/", ":" + proxyPort + "/");
        return this == POSTGRESQL ? proxied + "?sslmode=disable" : proxied;
    }

    /** Whether a transaction waits for another one right now. */
    public boolean hasWaiter(HikariDataSource pool) {
        return switch (this) {
            case POSTGRESQL ->
                number(
                                pool,
                                "select count(*) from pg_stat_activity where datname = current_database()"
                                        + " and wait_event_type = 'Lock'")
                        > 0;
            case MARIADB ->
                number(pool, "select count(*) from information_schema.innodb_trx where trx_state = 'LOCK WAIT'") > 0;
            case H2 ->
                number(
                                pool,
                                "select count(*) from information_schema.sessions"
                                        + " where executing_statement like 'insert into reprise_kit.fence%'")
                        > 0;
            case SQLITE -> Thread.getAllStackTraces().values().stream().anyMatch(TestDatabase::stepsInSqlite);
        };
    }

    private static boolean stepsInSqlite(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().equals("org.sqlite.core.NativeDB")
                        && frame.getMethodName().equals("step"));
    }

    /** A statement that takes longer than any test. */
    public String endlessQuery() {
        return switch (this) {
            case POSTGRESQL -> "select pg_sleep(600)";
            case MARIADB -> "select sleep(600)";
            case SQLITE ->
                "with recursive n (i) as (select 1 union all select i + 1 from n where i < 100000000000)"
                        + " select max(i) from n";
            case H2 -> "select count(*) from system_range(1, 1000000) a, system_range(1, 1000000) b";
        };
    }

    /** What commits in the middle of a transaction: DDL where that is enough. */
    public String earlyCommit() {
        return switch (this) {
            case POSTGRESQL, SQLITE -> "commit";
            case MARIADB, H2 -> "create table if not exists early_" + DATABASES.incrementAndGet() + " (n int)";
        };
    }

    /** What ends the other sessions that write a fence. */
    public List<String> endOtherWriters(HikariDataSource pool) {
        return switch (this) {
            case POSTGRESQL ->
                List.of("select pg_terminate_backend(pid) from pg_locks where pid <> pg_backend_pid() and relation ="
                        + " 'reprise_kit.fence'::regclass and mode = 'RowExclusiveLock'");
            case MARIADB ->
                texts(
                        pool,
                        "select concat('kill ', trx_mysql_thread_id) from information_schema.innodb_trx"
                                + " where trx_mysql_thread_id <> connection_id()");
            case H2 ->
                texts(
                        pool,
                        "select concat('select abort_session(', session_id, ')') from information_schema.sessions"
                                + " where contains_uncommitted and session_id <> session_id()");
            case SQLITE -> throw new IllegalStateException("SQLite has no sessions to end");
        };
    }

    public long number(HikariDataSource pool, String sql) {
        return Long.parseLong(texts(pool, sql).getFirst());
    }

    /** The first column of all rows. */
    public List<String> texts(HikariDataSource pool, String sql) {
        try (Connection connection = pool.getConnection()) {
            List<String> found = new Pipeline()
                    .add(sql).run(dialect(), connection).getFirst().rows().stream()
                            .map(row -> String.valueOf(row.textOrNull(0)))
                            .toList();
            connection.rollback();
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot ask " + sql, e);
        }
    }

    public void execute(HikariDataSource pool, String... statements) {
        try (Connection connection = pool.getConnection()) {
            for (String sql : statements) {
                new Pipeline().add(sql).run(dialect(), connection);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot execute " + List.of(statements), e);
        }
    }

    private static final class MariaDb {
        private static final EmbeddedMariaDbServer RUNNING = EmbeddedMariaDbServer.start(Placement.temporary());
    }

    /** Deleted when the tests have ended. */
    private static final class OfFiles {
        private static final Path FOLDER = create();

        private static Path create() {
            try {
                Path folder = Files.createTempDirectory("reprise-databases-");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path folder) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
