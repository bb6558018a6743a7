package io.reprise.cli.dev;

import io.reprise.api.Api;
import io.reprise.api.ApiSettings;
import io.reprise.catalog.shared.Settings;
import io.reprise.cli.catalog.CatalogWatch;
import io.reprise.cli.migration.Migration;
import io.reprise.worker.Worker;
import io.reprise.worker.WorkerSettings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What works on the servers: prepared databases with a sample shop, a worker and the api, both in this process. */
final class DevApplication implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Worker worker;
    private final Api api;
    private final DevTopics topics;
    private final Optional<CatalogWatch> catalog;

    private DevApplication(Worker worker, Api api, DevTopics topics, Optional<CatalogWatch> catalog) {
        this.worker = worker;
        this.api = api;
        this.topics = topics;
        this.catalog = catalog;
    }

    static DevApplication start(DevSettings settings, Map<String, String> servers) {
        Map<String, String> environment = environment(settings, servers);
        Path file = Path.of(System.getProperty("reprise.root", ""), "reprise.yaml");
        WorkerSettings forWorker = WorkerSettings.from(Settings.read(environment, file, WorkerSettings.declared()));
        ApiSettings forApi = ApiSettings.read(environment, file);
        new Migration(environment, told -> {}).run(true);
        Worker worker = Worker.start(forWorker);
        try {
            Api api = Api.start(forApi);
            DevTopics topics = new DevTopics(forWorker.kafkaBootstrap());
            return new DevApplication(
                    worker,
                    api,
                    topics,
                    settings.catalog()
                            .map(folder -> CatalogWatch.start(folder, environment, forWorker.ledger(), topics)));
        } catch (RuntimeException | Error e) {
            worker.close();
            throw e;
        }
    }

    private static Map<String, String> environment(DevSettings settings, Map<String, String> servers) {
        Map<String, String> environment = new TreeMap<>(servers);
        environment.put("REPRISE_HTTP_PORT", Integer.toString(settings.ports().http()));
        environment.putIfAbsent("REPRISE_WORKER_HTTP_PORT", "0");
        settings.catalog().ifPresent(folder -> environment.put("REPRISE_CATALOG", folder.toString()));
        if (settings.startsWarehouse()) {
            environment.putIfAbsent("REPRISE_CONNECTION_WAREHOUSE_URL", servers.getOrDefault("REPRISE_DB_URL", ""));
        }
        return environment;
    }

    /** Whether the api says within a minute that everything is seeded and polled, and nobody asked for the end before. */
    boolean becomesReady(BooleanSupplier endIsAsked) {
        Instant limit = Instant.now().plus(PATIENCE);
        URI readiness = api.uri().resolve("/health/readiness");
        while (!isUp(readiness)) {
            if (endIsAsked.getAsBoolean() || Instant.now().isAfter(limit)) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return true;
    }

    private static boolean isUp(URI readiness) {
        try {
            HttpURLConnection connection = (HttpURLConnection) readiness.toURL().openConnection();
            connection.setConnectTimeout((int) PATIENCE.toMillis());
            connection.setReadTimeout((int) PATIENCE.toMillis());
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    URI readiness() {
        return api.uri().resolve("/health/readiness");
    }

    List<DevRow> rows() {
        return List.of(
                new DevRow("Api", api.uri().toString(), "OpenAPI: " + api.uri().resolve("/openapi")),
                new DevRow("Worker", worker.http().toString(), "in this process: /health, /metrics"));
    }

    void tellWhatToTry(Consumer<String> say) {
        URI orders = api.uri().resolve("/api/v1/orders");
        say.accept("");
        say.accept("Try next:");
        say.accept("");
        say.accept("  curl -i " + orders + " -H 'Content-Type: application/json' -d \\");
        say.accept("    '{\"orderId\":\"o-1001\",\"accountId\":\"acc-1\",\"currency\":\"EUR\","
                + "\"lines\":[{\"sku\":\"sku-101\",\"quantity\":2,\"unitPriceMinor\":1250}]}'");
        say.accept("  curl " + orders + "/o-1001");
        say.accept("  " + reprise() + "run list");
        if (catalog.isPresent()) {
            say.accept("  " + reprise() + "pipeline list");
            say.accept("  " + reprise() + "stream list");
        }
        say.accept("");
        say.accept("Ctrl-C stops everything; the data stays.");
    }

    private String reprise() {
        boolean usual = api.uri().getPort() == DevPorts.shiftedBy(0).http();
        return usual ? "./reprise " : "REPRISE_URL=" + api.uri() + " ./reprise ";
    }

    @Override
    public void close() {
        catalog.ifPresent(CatalogWatch::close);
        topics.close();
        api.close();
        worker.close();
    }
}
