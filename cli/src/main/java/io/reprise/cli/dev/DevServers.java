package io.reprise.cli.dev;

import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.EmbeddedTemporal;
import io.reprise.embedded.Placement;
import io.reprise.embedded.TemporalSettings;
import io.reprise.workflows.run.SearchAttributes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers of a stack, started side by side and stopped side by side. Those that the environment names are left alone. */
final class DevServers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DevServers.class);

    private final Map<String, String> environment;
    private final List<DevServer> servers;

    private DevServers(Map<String, String> environment, List<DevServer> servers) {
        this.environment = environment;
        this.servers = servers;
    }

    static DevServers start(DevSettings settings, DevEnd end, Consumer<String> progress) {
        try (ExecutorService sideBySide = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<DevServer>> starting = List.of(
                    sideBySide.submit(() -> postgres(settings)),
                    sideBySide.submit(() -> kafka(settings)),
                    sideBySide.submit(() -> temporal(settings, progress)));
            sideBySide.shutdown();
            end.endChildrenIfAskedBefore(starting);
            return new DevServers(settings.environment(), allOf(starting));
        }
    }

    /** Waits for every one, so that none is left behind when another failed. */
    private static List<DevServer> allOf(List<Future<DevServer>> starting) {
        List<DevServer> started = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (Future<DevServer> server : starting) {
            try {
                started.add(server.get());
            } catch (ExecutionException e) {
                failures.add(e.getCause() == null ? e : e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.add(e);
            }
        }
        if (failures.isEmpty()) {
            return started;
        }
        new DevServers(Map.of(), started).close();
        switch (failures.getFirst()) {
            case RuntimeException failure -> throw failure;
            case Throwable failure -> throw new IllegalStateException("cannot start a server", failure);
        }
    }

    private static DevServer postgres(DevSettings settings) {
        String named = settings.environment().get("REPRISE_DB_URL");
        if (named != null) {
            return DevServer.elsewhere("PostgreSQL", named, "REPRISE_DB_URL");
        }
        EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(
                placed(settings, "postgres", settings.ports().postgres()));
        return new DevServer(
                new DevRow("PostgreSQL", postgres.jdbcUrl(), "user and password: " + EmbeddedPostgresServer.USER),
                Map.of(
                        "REPRISE_DB_URL", postgres.jdbcUrl(),
                        "REPRISE_DB_USER", EmbeddedPostgresServer.USER,
                        "REPRISE_DB_PASSWORD", EmbeddedPostgresServer.PASSWORD),
                postgres);
    }

    private static DevServer kafka(DevSettings settings) {
        String named = settings.environment().get("REPRISE_KAFKA_BOOTSTRAP");
        if (named != null) {
            return DevServer.elsewhere("Kafka", named, "REPRISE_KAFKA_BOOTSTRAP");
        }
        EmbeddedKafka kafka =
                EmbeddedKafka.start(placed(settings, "kafka", settings.ports().kafka()));
        return new DevServer(
                new DevRow("Kafka", kafka.bootstrapServers(), "in this process"),
                Map.of("REPRISE_KAFKA_BOOTSTRAP", kafka.bootstrapServers()),
                kafka);
    }

    private static DevServer temporal(DevSettings settings, Consumer<String> progress) {
        EmbeddedTemporal temporal = EmbeddedTemporal.start(TemporalSettings.at(
                        placed(settings, "temporal", settings.ports().temporal()), SearchAttributes.all())
                .withUi(settings.ports().temporalUi())
                .withNamespace(settings.environment().getOrDefault("REPRISE_TEMPORAL_NAMESPACE", "default"))
                .withEnvironment(settings.environment())
                .withProgress(progress));
        Map<String, String> environment = new TreeMap<>(Map.of(
                "REPRISE_TEMPORAL_ADDRESS", temporal.target(), "REPRISE_TEMPORAL_NAMESPACE", temporal.namespace()));
        temporal.uiUrl().ifPresent(ui -> environment.put("REPRISE_TEMPORAL_UI", ui));
        return new DevServer(
                new DevRow(
                        "Temporal",
                        temporal.target(),
                        temporal.uiUrl()
                                .map(ui -> temporal.description() + ", UI: " + ui)
                                .orElse(temporal.description())),
                environment,
                temporal);
    }

    private static Placement placed(DevSettings settings, String folder, int port) {
        Path data = settings.data().resolve(folder);
        return Placement.kept(data).onPort(port).endedByCaller();
    }

    /** The given environment, and in it where the started servers are. */
    Map<String, String> environment() {
        Map<String, String> all = new TreeMap<>(environment);
        all.putAll(additions());
        return all;
    }

    /** What a separate process has to be told. */
    Map<String, String> additions() {
        Map<String, String> additions = new TreeMap<>();
        servers.forEach(server -> additions.putAll(server.environment()));
        return additions;
    }

    List<DevRow> rows() {
        return servers.stream().map(DevServer::row).toList();
    }

    @Override
    public void close() {
        try (ExecutorService sideBySide = Executors.newVirtualThreadPerTaskExecutor()) {
            servers.forEach(server -> sideBySide.execute(() -> close(server)));
        }
    }

    private static void close(DevServer server) {
        try {
            server.handle().close();
        } catch (Exception e) {
            LOG.warn(
                    "{} did not stop cleanly; what it left is ended at the next start",
                    server.row().what(),
                    e);
        }
    }
}
