package io.reprise.cli.whole;

import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.EmbeddedTemporal;
import io.reprise.embedded.Placement;
import io.reprise.embedded.Ports;
import io.reprise.embedded.ProductionTemporal;
import io.reprise.embedded.TemporalRelease;
import io.reprise.embedded.TemporalSettings;
import io.reprise.workflows.run.SearchAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Servers, worker and api, each a process of its own, as they stand in production. */
final class Stack implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Stack.class);

    /** Which Temporal, and whether the shop has a database of its own. */
    enum Topology {
        ONE_PROCESS_TEMPORAL,
        PRODUCTION_TEMPORAL,
        SHOP_APART
    }

    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final Path folder;
    private final EmbeddedPostgresServer postgres;
    private final EmbeddedKafka kafka;
    private final URI api;
    private final Shop shop;
    private final RepriseProcess worker;
    private final RepriseProcess apiProcess;
    private Runnable stopTemporal = () -> {};
    private Runnable startTemporal = () -> {};
    private String temporalTarget = "";
    private String temporalUi = "";

    private Stack(Topology topology, Path folder) {
        this.folder = folder;
        this.postgres = closing(EmbeddedPostgresServer.start(Placement.temporary()), EmbeddedPostgresServer::close);
        this.kafka = closing(EmbeddedKafka.start(Placement.temporary()), EmbeddedKafka::close);
        startTemporal(topology);
        int port = Ports.free();
        this.api = URI.create("http://127.0.0.1:" + port);
        describe(topology, port);
        RepriseProcess.run(folder, environment, "migrate", "--seed");
        this.worker = started("worker");
        this.apiProcess = started("api");
        this.shop = closing(new Shop(this), Shop::close);
    }

    static Stack start(Topology topology) {
        try {
            Stack stack = new Stack(topology, folderForLogs());
            stack.shop().awaitReady();
            return stack;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for the stack", e);
        }
    }

    private static Path folderForLogs() throws IOException {
        Path logs = Files.createDirectories(Path.of("target", "whole").toAbsolutePath());
        return Files.createTempDirectory(logs, "stack-");
    }

    Shop shop() {
        return shop;
    }

    URI api() {
        return api;
    }

    RepriseProcess worker() {
        return worker;
    }

    RepriseProcess apiProcess() {
        return apiProcess;
    }

    /** Does this while Temporal is away, which then comes back. */
    void withoutTemporal(Runnable meanwhile) {
        stopTemporal.run();
        try {
            meanwhile.run();
        } finally {
            startTemporal.run();
        }
    }

    /** Does this while the database of ledger and shop is away, which then comes back. */
    void withoutDatabase(Runnable meanwhile) {
        postgres.stop();
        try {
            meanwhile.run();
        } finally {
            postgres.startAgain();
        }
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    String temporalTarget() {
        return temporalTarget;
    }

    /** Ends a workflow as somebody may do by hand, without a word to its code. */
    void terminate(String workflowId) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(temporalTarget)
                .build());
        try {
            WorkflowClient.newInstance(stubs).newUntypedWorkflowStub(workflowId).terminate("terminated by hand");
        } finally {
            stubs.shutdownNow();
        }
    }

    String temporalUi() {
        return temporalUi;
    }

    String shopJdbcUrl() {
        return environment.getOrDefault("REPRISE_SHOP_DB_URL", postgres.jdbcUrl());
    }

    /** What the separate processes are told. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    Path folder() {
        return folder;
    }

    private void startTemporal(Topology topology) {
        TemporalSettings settings = TemporalSettings.at(Placement.temporary(), SearchAttributes.all());
        if (topology == Topology.PRODUCTION_TEMPORAL) {
            ProductionTemporal temporal = closing(
                    ProductionTemporal.start(releaseOfTheComposeFile(), settings, postgres), ProductionTemporal::close);
            temporalTarget = temporal.target();
            stopTemporal = temporal::stop;
            startTemporal = temporal::startAgain;
            return;
        }
        int ui = Ports.free();
        EmbeddedTemporal temporal = closing(EmbeddedTemporal.start(settings.withUi(ui)), EmbeddedTemporal::close);
        temporalTarget = temporal.target();
        stopTemporal = temporal::stop;
        startTemporal = temporal::startAgain;
        temporalUi = temporal.uiUrl().orElse("");
    }

    private static TemporalRelease releaseOfTheComposeFile() {
        Path root = Path.of(System.getProperty("reprise.root"));
        Map<String, String> versions = new TreeMap<>();
        try {
            Files.readAllLines(root.resolve(".env")).stream()
                    .filter(line -> line.matches("[A-Z_]+=.*"))
                    .forEach(line ->
                            versions.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the versions of the compose file", e);
        }
        return new TemporalRelease(
                versions.getOrDefault("TEMPORAL_VERSION", ""),
                root.resolve("deploy/temporal/dynamicconfig/reprise.yaml"),
                Integer.parseInt(versions.getOrDefault("TEMPORAL_HISTORY_SHARDS", "")));
    }

    private void describe(Topology topology, int port) {
        environment.put("REPRISE_DB_URL", postgres.jdbcUrl());
        environment.put("REPRISE_DB_USER", EmbeddedPostgresServer.USER);
        environment.put("REPRISE_DB_PASSWORD", EmbeddedPostgresServer.PASSWORD);
        environment.put("REPRISE_KAFKA_BOOTSTRAP", kafka.bootstrapServers());
        environment.put("REPRISE_TEMPORAL_ADDRESS", temporalTarget);
        environment.put("REPRISE_TEMPORAL_NAMESPACE", "default");
        if (!temporalUi.isEmpty()) {
            environment.put("REPRISE_TEMPORAL_UI", temporalUi);
        }
        environment.put("REPRISE_HTTP_PORT", Integer.toString(port));
        environment.put("REPRISE_WORKER_HTTP_PORT", "0");
        if (topology == Topology.SHOP_APART) {
            environment.put("REPRISE_SHOP_DB_URL", postgres.createDatabase("shop"));
            environment.put("REPRISE_SHOP_DB_USER", EmbeddedPostgresServer.USER);
            environment.put("REPRISE_SHOP_DB_PASSWORD", EmbeddedPostgresServer.PASSWORD);
        }
    }

    private RepriseProcess started(String command) {
        return closing(RepriseProcess.start(folder, environment, command), process -> {
            int exit = process.isAlive() ? process.stop() : 0;
            LOG.info("{} ended with {}", command, exit);
        });
    }

    /** The latest started ends first. */
    private <T> T closing(T resource, Consumer<T> end) {
        closing.push(() -> end.accept(resource));
        return resource;
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }
}
