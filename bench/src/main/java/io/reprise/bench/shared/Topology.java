package io.reprise.bench.shared;

import io.reprise.activities.order.SampleShop;
import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.EmbeddedTemporal;
import io.reprise.embedded.Placement;
import io.reprise.embedded.TemporalSettings;
import io.reprise.workflows.run.SearchAttributes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** Three servers, one api and some workers on free ports. Closing ends them, the last started first. */
public final class Topology implements AutoCloseable {

    private final Deque<Runnable> started = new ArrayDeque<>();
    private final List<ReprisePart> workers = new ArrayList<>();
    private final Map<String, String> settings;
    private final Path logs;
    private final EmbeddedPostgresServer postgres;
    private final EmbeddedKafka kafka;
    private final EmbeddedTemporal temporal;
    private final URI apiUri;
    private final ReprisePart api;

    private Topology(int workerCount, Map<String, String> settings, Path logs)
            throws IOException, InterruptedException {
        this.settings = settings;
        this.logs = logs;
        try {
            this.postgres = EmbeddedPostgresServer.start(Placement.temporary());
            started.push(postgres::close);
            this.kafka = EmbeddedKafka.start(Placement.temporary());
            started.push(kafka::close);
            this.temporal = EmbeddedTemporal.start(TemporalSettings.at(Placement.temporary(), SearchAttributes.all()));
            started.push(temporal::close);
            this.apiUri = URI.create("http://127.0.0.1:" + freePort());
            part("migrate", "migrate").awaitSuccess();
            seed();
            for (int number = 1; number <= workerCount; number++) {
                workers.add(lasting("worker-" + number, "worker"));
            }
            this.api = lasting("api", "api");
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts all of it, with these {@code REPRISE_} variables beside the addresses; the parts' logs go to the folder. */
    public static Topology start(int workers, Map<String, String> settings, Path logs)
            throws IOException, InterruptedException {
        return new Topology(workers, settings, logs);
    }

    public EmbeddedPostgresServer postgres() {
        return postgres;
    }

    public EmbeddedKafka kafka() {
        return kafka;
    }

    public EmbeddedTemporal temporal() {
        return temporal;
    }

    public URI apiUri() {
        return apiUri;
    }

    public ReprisePart worker(int number) {
        return workers.get(number);
    }

    public ReprisePart api() {
        return api;
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            started.pop().run();
        }
    }

    /** An unseeded shop is never ready. */
    private void seed() {
        PGSimpleDataSource shop = new PGSimpleDataSource();
        shop.setUrl(postgres.jdbcUrl());
        shop.setUser(EmbeddedPostgresServer.USER);
        shop.setPassword(EmbeddedPostgresServer.PASSWORD);
        try {
            SampleShop.seed(shop);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot seed the shop", e);
        }
    }

    private ReprisePart lasting(String name, String verb) {
        ReprisePart part = part(name, verb);
        started.push(part::close);
        return part;
    }

    /** Runs {@code reprise} with these words against the api, to its end. */
    public void command(String... words) throws InterruptedException {
        part(words[0], words).awaitSuccess();
    }

    private ReprisePart part(String name, String... words) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("REPRISE_DB_URL", postgres.jdbcUrl());
        environment.put("REPRISE_DB_USER", EmbeddedPostgresServer.USER);
        environment.put("REPRISE_DB_PASSWORD", EmbeddedPostgresServer.PASSWORD);
        environment.put("REPRISE_KAFKA_BOOTSTRAP", kafka.bootstrapServers());
        environment.put("REPRISE_TEMPORAL_ADDRESS", temporal.target());
        environment.put("REPRISE_TEMPORAL_NAMESPACE", temporal.namespace());
        environment.put("REPRISE_HTTP_PORT", Integer.toString(apiUri.getPort()));
        environment.put("REPRISE_URL", apiUri.toString());
        environment.put("REPRISE_CONNECTION_WAREHOUSE_URL", postgres.jdbcUrl());
        environment.put("REPRISE_WORKER_HTTP_PORT", "0");
        return ReprisePart.start(name, List.of(words), environment, logs);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
