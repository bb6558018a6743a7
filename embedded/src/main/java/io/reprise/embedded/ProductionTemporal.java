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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Temporal as in production: the server of docker-compose.yml as a process of this machine, its two databases on a given
 * PostgreSQL. All of its state is in them; its folder holds the log and tells whose process it is.
 */
public final class ProductionTemporal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProductionTemporal.class);
    private static final String DATABASE = "temporal";
    private static final String VISIBILITY = "temporal_visibility";
    private static final Duration SCHEMA_LIMIT = Duration.ofMinutes(2);
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final int START_TRIES = 3;

    private static final List<String> INNER_PORTS = List.of(
            "FRONTEND_HTTP_PORT",
            "FRONTEND_MEMBERSHIP_PORT",
            "HISTORY_GRPC_PORT",
            "HISTORY_MEMBERSHIP_PORT",
            "MATCHING_GRPC_PORT",
            "MATCHING_MEMBERSHIP_PORT",
            "WORKER_GRPC_PORT",
            "WORKER_MEMBERSHIP_PORT");

    private final TemporalRelease release;
    private final TemporalSettings settings;
    private final EmbeddedPostgresServer postgres;
    private final TemporalServerBinaries binaries;
    private final DataFolder folder;
    private final ProcessEnd processEnd;
    private Map<String, Integer> ports = Map.of();
    private @Nullable Process process;

    private ProductionTemporal(TemporalRelease release, TemporalSettings settings, EmbeddedPostgresServer postgres) {
        this.release = release;
        this.settings = settings;
        this.postgres = postgres;
        this.binaries = TemporalServerBinaries.of(release, settings);
        this.folder = DataFolder.of(settings.placement(), "temporal");
        this.processEnd = ProcessEnd.doing(settings.placement(), this::close);
    }

    public static ProductionTemporal start(
            TemporalRelease release, TemporalSettings settings, EmbeddedPostgresServer postgres) {
        ProductionTemporal temporal = new ProductionTemporal(release, settings, postgres);
        try {
            Orphans.end("server", temporal.folder.path());
            temporal.migrate(DATABASE, "postgresql/v12/temporal");
            temporal.migrate(VISIBILITY, "postgresql/v12/visibility");
            temporal.forgetDeadMembers();
            temporal.startOnFreePorts();
            return temporal;
        } catch (RuntimeException | Error e) {
            temporal.close();
            throw e;
        }
    }

    /** Host and port of the frontend. */
    public String target() {
        return "127.0.0.1:" + ports.get("FRONTEND_GRPC_PORT");
    }

    public String namespace() {
        return settings.namespace();
    }

    /** Ends the server as a power cut does; its databases and ports are kept. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
            process = null;
        }
    }

    public synchronized void stop() {
        if (process != null) {
            Orphans.stop(process.toHandle(), "TERM");
            process = null;
        }
    }

    /** Starts a stopped server on the same databases and ports. */
    public synchronized void startAgain() {
        if (process == null) {
            launch();
        }
    }

    @Override
    public synchronized void close() {
        processEnd.takeBack();
        stop();
        folder.close();
    }

    /** Makes and updates a database; each of the three does nothing the second time. */
    private void migrate(String database, String schema) {
        sqlTool(database, "create-database");
        sqlTool(database, "setup-schema", "--version", "0.0");
        sqlTool(database, "update-schema", "--schema-name", schema);
    }

    private void sqlTool(String database, String... words) {
        List<String> all = new ArrayList<>(List.of(binaries.sqlTool().toString(), "--database", database));
        all.addAll(List.of(words));
        Command command = new Command(
                all,
                Map.of(
                        "SQL_PLUGIN",
                        "postgres12_pgx",
                        "SQL_HOST",
                        "127.0.0.1",
                        "SQL_PORT",
                        Integer.toString(postgres.port()),
                        "SQL_USER",
                        EmbeddedPostgresServer.USER,
                        "SQL_PASSWORD",
                        EmbeddedPostgresServer.PASSWORD));
        Command.Ended ended = command.run(SCHEMA_LIMIT);
        if (ended.failed()) {
            throw new IllegalStateException(
                    "cannot prepare Temporal's database " + database + ": `" + command + "` " + ended.description());
        }
    }

    /** A server that was here before had other ports; the new one would wait for it for most of a minute. */
    private void forgetDeadMembers() {
        try (Connection connection = DriverManager.getConnection(
                        postgres.jdbcUrl(DATABASE), EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from cluster_membership");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot clear the dead members in Temporal's database " + DATABASE, e);
        }
    }

    private void startOnFreePorts() {
        int fixed = settings.placement().port();
        if (fixed != 0) {
            Ports.requireFree(fixed, "Temporal");
        }
        for (int attempt = 1; ; attempt++) {
            ports = choosePorts(fixed);
            try {
                launch();
                return;
            } catch (TemporalUnready e) {
                stop();
                if (attempt == START_TRIES) {
                    throw e;
                }
                LOG.warn("Temporal did not start, trying other ports: {}", e.getMessage());
                forgetDeadMembers();
            }
        }
    }

    private static Map<String, Integer> choosePorts(int fixed) {
        Map<String, Integer> chosen = new LinkedHashMap<>();
        chosen.put("FRONTEND_GRPC_PORT", Ports.freeOr(fixed));
        for (String inner : INNER_PORTS) {
            int port = Ports.free();
            while (chosen.containsValue(port)) {
                port = Ports.free();
            }
            chosen.put(inner, port);
        }
        return chosen;
    }

    private synchronized void launch() {
        Path log = folder.path().resolve("temporal.log");
        // Nothing is read under the root; as an argument it tells whose process this is.
        ProcessBuilder builder = new ProcessBuilder(
                        binaries.server().toString(), "--root", folder.path().toString(), "--allow-no-auth", "start")
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        environment.putAll(environment());
        ports.forEach((name, port) -> environment.put(name, Integer.toString(port)));
        Process started;
        try {
            started = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + binaries.server(), e);
        }
        process = started;
        try (TemporalFrontend frontend = new TemporalFrontend(target(), settings.namespace())) {
            frontend.prepare(settings.searchAttributes(), START_LIMIT);
        } catch (TemporalUnready e) {
            throw new TemporalUnready(e.getMessage() + "; the last lines of " + log + ":\n" + lastLines(log), e);
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "DB",
                "postgres12_pgx",
                "DBNAME",
                DATABASE,
                "VISIBILITY_DBNAME",
                VISIBILITY,
                "POSTGRES_SEEDS",
                "127.0.0.1",
                "DB_PORT",
                Integer.toString(postgres.port()),
                "POSTGRES_USER",
                EmbeddedPostgresServer.USER,
                "POSTGRES_PWD",
                EmbeddedPostgresServer.PASSWORD,
                "NUM_HISTORY_SHARDS",
                Integer.toString(release.historyShards()),
                "DYNAMIC_CONFIG_FILE_PATH",
                release.dynamicConfiguration().toString(),
                "BIND_ON_IP",
                "127.0.0.1");
    }

    private static String lastLines(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "(cannot be read: " + e.getMessage() + ")";
        }
    }
}
