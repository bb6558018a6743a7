package io.reprise.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.activities.connection.ConnectionSettings;
import io.reprise.activities.pipeline.PipelineDeclarations;
import io.reprise.activities.run.LedgerWriter;
import io.reprise.activities.run.RunDeclarations;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.catalog.pipeline.Definitions;
import io.reprise.catalog.pipeline.DefinitionsReader;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.db.Ledger;
import io.reprise.db.pipeline.NewCatalog;
import io.reprise.db.pipeline.NewDefinition;
import io.reprise.db.pipeline.PipelineRuns;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunRef;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.EmbeddedTemporal;
import io.reprise.embedded.Placement;
import io.reprise.embedded.TemporalSettings;
import io.reprise.worker.connection.Pools;
import io.reprise.worker.run.Starter;
import io.reprise.worker.run.Sweeper;
import io.reprise.worker.run.TaskQueues;
import io.reprise.worker.run.TemporalLink;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Sagas;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Pipelines as a worker runs them, on a ledger, a Temporal and a connection {@code warehouse} that may go away by itself. */
final class PipelineStage implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String WORKER = "worker-1";
    private static final Clock CLOCK = Clock.systemUTC();

    private final Path folder;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final EmbeddedPostgresServer warehouse;
    private final HikariDataSource database;
    private final Ledger ledger;
    private final TemporalLink temporal;
    private final SqlQueues connections;
    private Map<String, PipelineDefinition> applied = Map.of();

    /** @param folder an empty one, for the catalog */
    PipelineStage(Path folder) throws IOException {
        this.folder = folder;
        EmbeddedPostgresServer home = part(EmbeddedPostgresServer.start(Placement.temporary()));
        this.warehouse = part(EmbeddedPostgresServer.start(Placement.temporary()));
        EmbeddedTemporal server = part(EmbeddedTemporal.start(TemporalSettings.at(Placement.temporary(), List.of())));
        this.database = part(Pools.open(
                "test",
                new ConnectionSettings(
                        home.jdbcUrl(), EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD, 12),
                12));
        LedgerMigrations.migrate(database);
        KitMigrations.migrate(database);
        this.ledger = Ledger.over(database, CLOCK);
        this.temporal = part(new TemporalLink(
                new io.reprise.worker.run.TemporalSettings(server.target(), server.namespace()),
                WORKER,
                new SimpleMeterRegistry()));
        temporal.prepare();
        LedgerWriter writer = part(new LedgerWriter(ledger.stepFacts(), ledger.outcomes(), Duration.ofSeconds(3)));
        Map<String, String> environment =
                Map.of("REPRISE_CONNECTION_WAREHOUSE_PASSWORD", EmbeddedPostgresServer.PASSWORD);
        this.connections = part(SqlQueues.follow(
                ledger,
                temporal.client(),
                writer,
                new ConnectionSecrets(environment, Optional.empty()),
                WORKER,
                () -> ledger.partitions().kept(LocalDate.EPOCH),
                sessions -> List.of(),
                CLOCK));
        part(TaskQueues.serve(
                temporal.client(), List.of(Pipelines.registration(ledger, temporal.client(), WORKER, CLOCK)), 4));
        part(Starter.start(ledger.startQueue(), temporal.client(), WORKER, new SimpleMeterRegistry()));
    }

    Ledger ledger() {
        return ledger;
    }

    WorkflowClient temporal() {
        return temporal.client();
    }

    EmbeddedPostgresServer warehouse() {
        return warehouse;
    }

    SqlQueues connections() {
        return connections;
    }

    /** The ledger's database, which is the shop's too. */
    HikariDataSource database() {
        return database;
    }

    PipelineFences fences() {
        return new PipelineFences(
                FencedDatabase.of(SqlDialect.POSTGRESQL, database::getConnection, WORKER, CLOCK),
                connections,
                ledger.runs(),
                Duration.ofMillis(200));
    }

    /** Sweeps at once, and again and again. */
    Sweeper sweeping() {
        PipelineFences fences = fences();
        return Sweeper.start(
                ledger,
                new PipelineDeclarations(ledger.runs(), RunDeclarations.of(Sagas.of())),
                temporal.client(),
                fences,
                fences,
                CLOCK,
                Duration.ofSeconds(-1),
                Duration.ofMillis(50),
                new SimpleMeterRegistry());
    }

    /** Makes these, on connection {@code warehouse}, all that the catalog has. */
    void apply(Map<String, String> pipelines) throws IOException {
        Files.writeString(folder.resolve("connections.yaml"), """
                warehouse: {url: "%s", user: reprise, password: reprise, pool: 4, limit: 4}
                """.formatted(warehouse.jdbcUrl()));
        for (Map.Entry<String, String> pipeline : pipelines.entrySet()) {
            Path home = Files.createDirectories(folder.resolve("pipelines").resolve(pipeline.getKey()));
            Files.writeString(home.resolve("pipeline.yaml"), pipeline.getValue());
        }
        Definitions read = DefinitionsReader.read(folder, Optional.empty(), Map.of());
        assertThat(read.problems()).isEmpty();
        List<NewDefinition> all = new ArrayList<>();
        for (ConnectionDefinition connection : read.environment().connections().values()) {
            all.add(new NewDefinition("connection", connection.name().value(), connection.json()));
        }
        for (PipelineDefinition pipeline : read.pipelines()) {
            all.add(new NewDefinition("pipeline", pipeline.name().value(), pipeline.json()));
        }
        applied = new TreeMap<>();
        read.pipelines().forEach(it -> applied.put(it.name().value(), it));
        ledger.definitions().apply(new NewCatalog(all, List.of()), "ann", OptionalLong.empty());
        await().atMost(PATIENCE).until(() -> connections.fenced("warehouse").isPresent());
    }

    /** Accepts a run, which is started by itself. */
    RunRef run(String pipeline, String key) {
        PipelineDefinition definition = applied.get(pipeline);
        assertThat(definition).isNotNull();
        PipelineInput input = PipelineInput.of(definition.hash(), definition.plan(), null, Map.of());
        Accepted accepted = ledger.acceptance()
                .accept(PipelineRuns.newRun(
                        new WorkflowId("pipeline/" + pipeline + "/" + key), input, "test", 1_000, false));
        return ((Accepted.New) accepted).run();
    }

    Run awaitEnded(RunRef run) {
        await().atMost(PATIENCE).until(() -> shown(run).isEnded());
        return shown(run);
    }

    Run shown(RunRef run) {
        return ledger.runs().byId(run.runId()).orElseThrow();
    }

    void inLedger(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    void inWarehouse(String sql) throws SQLException {
        try (Connection connection = openWarehouse();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column. */
    List<String> askWarehouse(String sql) throws SQLException {
        try (Connection connection = openWarehouse();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (found.next()) {
                texts.add(found.getString(1));
            }
            return texts;
        }
    }

    Connection openWarehouse() throws SQLException {
        return DriverManager.getConnection(
                warehouse.jdbcUrl(), EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD);
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            close(parts.pop());
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            throw new IllegalStateException("cannot end " + part, failure);
        }
    }
}
