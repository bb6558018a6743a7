package io.reprise.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL 18 on loopback, with a database, a user and a password {@code reprise}. */
public final class EmbeddedPostgresServer implements AutoCloseable {

    public static final String DATABASE = "reprise";
    public static final String USER = "reprise";
    public static final String PASSWORD = "reprise";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Duration STARTUP = Duration.ofSeconds(60);

    private final DataFolder folder;
    private final Placement placement;
    private final ProcessEnd processEnd;
    private int port;
    private @Nullable EmbeddedPostgres server;

    private EmbeddedPostgresServer(Placement placement) {
        this.placement = placement;
        this.folder = DataFolder.of(placement, "postgres");
        this.processEnd = ProcessEnd.doing(placement, this::close);
    }

    public static EmbeddedPostgresServer start(Placement placement) {
        EmbeddedPostgresServer postgres = new EmbeddedPostgresServer(placement);
        try {
            postgres.startOnItsPort();
            postgres.createUser();
            postgres.createDatabase(DATABASE);
            return postgres;
        } catch (RuntimeException | Error e) {
            postgres.close();
            throw e;
        }
    }

    public int port() {
        return port;
    }

    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Makes a further database owned by the user, unless it is there, and returns its address. */
    public String createDatabase(String name) {
        check("database", name);
        asSuperuser("select 1 from pg_database where datname = ?", name, "create database " + name + " owner " + USER);
        return jdbcUrl(name);
    }

    /** Makes a further database that is a copy of one to which nobody is connected, and returns its address. */
    public String copyDatabase(String original, String name) {
        check("database", original);
        check("database", name);
        asSuperuser(
                "select 1 from pg_database where datname = ?",
                name,
                "create database " + name + " template " + original + " owner " + USER);
        return jdbcUrl(name);
    }

    /** Ends whoever is connected to a database, and drops it. */
    public void dropDatabase(String name) {
        check("database", name);
        asSuperuser("select 1 where ? is null", name, "drop database if exists " + name + " with (force)");
    }

    /** Makes a further role, unless it is there, that may log in with {@link #PASSWORD} and is allowed nothing else. */
    public void createRole(String name) {
        check("role", name);
        createRole(name, "");
    }

    /** Stops the server and keeps its data and port, as an outage does. */
    public synchronized void stop() {
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop PostgreSQL in " + folder.path(), e);
        } finally {
            server = null;
            // pg_ctl gives up after five seconds
            Orphans.end("postgres", folder.path());
        }
    }

    /** Ends the server without a word to it, as a crash does, and keeps its data and port. */
    public synchronized void kill() {
        for (ProcessHandle postmaster : Orphans.using("postgres", folder.path())) {
            List<ProcessHandle> all = Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .toList();
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(process -> process.onExit().join());
        }
        stop();
    }

    /** Starts a stopped server on the same data and port. */
    public synchronized void startAgain() {
        if (server == null) {
            launch(port);
        }
    }

    @Override
    public synchronized void close() {
        processEnd.takeBack();
        stop();
        folder.close();
    }

    private void startOnItsPort() {
        Orphans.end("postgres", folder.path());
        Ports.launch("PostgreSQL", placement.port(), this::launch);
    }

    private synchronized void launch(int onPort) {
        Redirect log = Redirect.appendTo(folder.path().resolve("postgres.log").toFile());
        try {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(data())
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(binaries())
                    .setRegisterShutdownHook(false)
                    .setPort(onPort)
                    .setPGStartupWait(STARTUP)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("jit", "off")
                    // The library's default would lose the last commits of a server that is killed
                    .setServerConfig("synchronous_commit", "on")
                    // What is kept must survive the machine; what is thrown away need not wait for the disk.
                    .setServerConfig("fsync", folder.isTemporary() ? "off" : "on")
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .start();
            port = onPort;
        } catch (IOException e) {
            Orphans.end("postgres", folder.path());
            throw new IllegalStateException(
                    "cannot start PostgreSQL on port " + onPort + " in " + folder.path() + ": its log is there", e);
        }
    }

    private Path data() {
        return folder.path().resolve("data");
    }

    private static File binaries() {
        return Path.of(System.getProperty("user.home"), ".cache", "reprise", "postgres")
                .toFile();
    }

    private void createUser() {
        createRole(USER, "createdb");
    }

    private void createRole(String name, String rights) {
        asSuperuser(
                "select 1 from pg_roles where rolname = ?",
                name,
                "create role " + name + " login " + rights + " password '" + PASSWORD + "'");
    }

    private static void check(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "cannot create the " + what + " '" + name + "' (expected: a name like " + NAME + ")");
        }
    }

    /** Executes the statement unless the question finds a row. */
    private void asSuperuser(String question, String subject, String statement) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), "postgres", "");
                PreparedStatement ask = connection.prepareStatement(question);
                Statement execute = connection.createStatement()) {
            ask.setString(1, subject);
            try (ResultSet found = ask.executeQuery()) {
                if (!found.next()) {
                    execute.execute(statement);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot prepare PostgreSQL on port " + port + ": " + statement, e);
        }
    }
}
