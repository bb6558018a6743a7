package io.reprise.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A MariaDB 11.4 on loopback, with a database, a user and a password {@code reprise}. */
public final class EmbeddedMariaDbServer implements AutoCloseable {

    public static final String DATABASE = "reprise";
    public static final String USER = "reprise";
    public static final String PASSWORD = "reprise";

    private static final String PROGRAM = "mariadbd";
    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final List<String> TUNING = List.of(
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
            "--skip-ssl",
            "--skip-log-bin",
            "--socket=mariadb.sock",
            "--pid-file=mariadb.pid",
            "--max-connections=200",
            "--character-set-server=utf8mb4",
            "--innodb-buffer-pool-size=256M",
            "--performance-schema=off");

    private final MariaDbPrograms programs = MariaDbPrograms.find();
    private final DataFolder folder;
    private final ProcessEnd processEnd;
    private int port;
    private @Nullable Process server;

    private EmbeddedMariaDbServer(Placement placement) {
        this.folder = DataFolder.of(placement, "mariadb");
        this.processEnd = ProcessEnd.doing(placement, this::close);
    }

    public static EmbeddedMariaDbServer start(Placement placement) {
        EmbeddedMariaDbServer mariaDb = new EmbeddedMariaDbServer(placement);
        try {
            mariaDb.install();
            Ports.launch("MariaDB", placement.port(), mariaDb::launch);
            return mariaDb;
        } catch (RuntimeException | Error e) {
            mariaDb.close();
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
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?sslMode=disable";
    }

    /** Makes a further database, unless it is there, and returns its address. */
    public String createDatabase(String name) {
        if (!DATABASE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "cannot create the database '" + name + "' (expected: a name like " + DATABASE_NAME + ")");
        }
        try (Connection connection = DriverManager.getConnection(jdbcUrl(), USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("create database if not exists " + name);
            return jdbcUrl(name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the database " + name + " on port " + port, e);
        }
    }

    /** Stops the server and keeps its data and port, as an outage does. */
    public synchronized void stop() {
        if (server != null) {
            Orphans.stop(server.toHandle(), "TERM");
            server = null;
        }
    }

    /** Ends the server without a word to it, as a crash does, and keeps its data and port. */
    public synchronized void kill() {
        if (server != null) {
            server.destroyForcibly().onExit().join();
            server = null;
        }
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

    /** The system tables, and what every start makes sure of: the user and its database. */
    private void install() {
        Orphans.end(PROGRAM, folder.path());
        try {
            Files.writeString(users(), """
                    create database if not exists reprise;
                    create user if not exists reprise@'%' identified by 'reprise';
                    grant all on *.* to reprise@'%' with grant option;
                    """);
            if (Files.exists(data().resolve("mysql"))) {
                return;
            }
            Files.createDirectories(data());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the folder " + folder.path() + " for MariaDB", e);
        }
        List<String> words = command(programs.install());
        words.addAll(List.of(
                "--datadir=" + data(),
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--skip-name-resolve"));
        Command.Ended ended = new Command(words, Map.of()).run(STARTUP);
        if (ended.failed()) {
            throw new IllegalStateException("cannot prepare MariaDB's tables in " + data() + ": " + programs.install()
                    + " " + ended.description());
        }
    }

    private synchronized void launch(int onPort) {
        List<String> words = command(programs.server());
        words.addAll(TUNING);
        words.addAll(List.of(
                // A word of its own, by which a server that was left behind is found
                "--datadir",
                data().toString(),
                "--port=" + onPort,
                "--init-file=" + users(),
                "--tmpdir=" + folder.path(),
                // What is kept must survive the machine; what is thrown away need not wait for the disk.
                "--innodb-flush-log-at-trx-commit=" + (folder.isTemporary() ? 2 : 1)));
        try {
            server = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + programs.server(), e);
        }
        port = onPort;
        try {
            awaitAnswer(server);
        } catch (IllegalStateException unanswered) {
            stop();
            throw unanswered;
        }
    }

    private void awaitAnswer(Process started) {
        Instant limit = Instant.now().plus(STARTUP);
        while (!answers()) {
            if (!started.isAlive()) {
                throw new IllegalStateException("cannot start MariaDB on port " + port + ": it ended with "
                        + started.exitValue() + ", see " + log());
            }
            if (Instant.now().isAfter(limit)) {
                throw new IllegalStateException("cannot start MariaDB on port " + port + ": no answer after "
                        + STARTUP.toSeconds() + " s, see " + log());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(jdbcUrl(), USER, PASSWORD)) {
            return connection.isValid(2);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private List<String> command(Path program) {
        List<String> words = new ArrayList<>(List.of(program.toString(), "--no-defaults"));
        programs.base().ifPresent(base -> words.add("--basedir=" + base));
        if ("root".equals(System.getProperty("user.name"))) {
            words.add("--user=root");
        }
        return words;
    }

    private Path data() {
        return folder.path().resolve("data");
    }

    private Path users() {
        return folder.path().resolve("users.sql");
    }

    private Path log() {
        return folder.path().resolve("mariadb.log");
    }
}
