package io.reprise.bench.pipeline;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.reprise.bench.shared.Memory;
import io.reprise.bench.shared.Topology;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Api and worker as processes with the benchmark's catalog applied, and its tables in the same PostgreSQL as the ledger. */
final class Arena implements AutoCloseable {

    private static final int POOL = 40;
    private static final Duration BACKFILL_LIMIT = Duration.ofMinutes(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Topology topology;
    private final HikariDataSource database;
    private final Warehouse warehouse;
    private final PipelineDoor door;
    private final Endings endings;

    private Arena(Topology topology) {
        this.topology = topology;
        this.database = pool(topology.postgres().jdbcUrl());
        this.warehouse = new Warehouse(database);
        this.door = new PipelineDoor(topology.apiUri());
        this.endings = new Endings(database);
    }

    static Arena open(Path logs) throws IOException, InterruptedException, SQLException {
        Path catalog = Files.createTempDirectory(logs, "catalog-");
        BenchCatalog.copyTo(catalog);
        Topology topology = Topology.start(1, Map.of("REPRISE_CATALOG", catalog.toString()), logs);
        try {
            Arena arena = new Arena(topology);
            arena.warehouse.create();
            arena.door.awaitReady();
            topology.command("catalog", "apply", catalog.toString());
            return arena;
        } catch (RuntimeException | InterruptedException | SQLException e) {
            topology.close();
            throw e;
        }
    }

    Warehouse warehouse() {
        return warehouse;
    }

    PipelineDoor door() {
        return door;
    }

    Endings endings() {
        return endings;
    }

    /** Starts a backfill, waits until it is done, and answers with its id. */
    String backfilled(String json) throws IOException, InterruptedException, SQLException {
        String id = door.backfill(json);
        String done = "select count(*) from reprise.backfill where backfill_id = '%s' and state = 'DONE'".formatted(id);
        long limit = System.nanoTime() + BACKFILL_LIMIT.toNanos();
        while (warehouse.count(done) == 0) {
            if (System.nanoTime() > limit) {
                throw new IllegalStateException(
                        "backfill " + id + " has not ended after " + BACKFILL_LIMIT.toMinutes() + " min");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
        return id;
    }

    /** How many events each execution of a workflow has in its history, in no order. */
    List<Long> historyLengths(String workflowId) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(topology.temporal().target())
                .build());
        try {
            return stubs
                    .blockingStub()
                    .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                            .setNamespace(topology.temporal().namespace())
                            .setQuery("WorkflowId = '" + workflowId + "'")
                            .build())
                    .getExecutionsList()
                    .stream()
                    .map(WorkflowExecutionInfo::getHistoryLength)
                    .toList();
        } finally {
            stubs.shutdownNow();
        }
    }

    /** Of api and worker, which are what Airflow's scheduler, workers and web server are. */
    long residentBytes() throws IOException {
        return Memory.of(Stream.of(topology.api().handle(), topology.worker(0).handle()));
    }

    private static HikariDataSource pool(String url) {
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(url);
        settings.setUsername(EmbeddedPostgresServer.USER);
        settings.setPassword(EmbeddedPostgresServer.PASSWORD);
        settings.setMaximumPoolSize(POOL);
        return new HikariDataSource(settings);
    }

    @Override
    public void close() {
        endings.close();
        door.close();
        database.close();
        topology.close();
    }
}
