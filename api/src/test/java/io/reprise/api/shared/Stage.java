package io.reprise.api.shared;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.reprise.api.Api;
import io.reprise.api.ApiSettings;
import io.reprise.db.Ledger;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.EmbeddedTemporal;
import io.reprise.embedded.Placement;
import io.reprise.embedded.TemporalSettings;
import io.reprise.workflows.order.OrderSaga;
import io.reprise.workflows.order.OrderWorkflow;
import io.reprise.workflows.run.SearchAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;

/** The api with a real ledger and Temporal, and a worker whose shop does as the test says. */
public final class Stage implements AutoCloseable {

    private final EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(Placement.temporary());
    private final EmbeddedTemporal temporal =
            EmbeddedTemporal.start(TemporalSettings.at(Placement.temporary(), SearchAttributes.all()));
    private final HikariDataSource database = pool(postgres.jdbcUrl());
    private final Ledger ledger;
    private final WorkflowServiceStubs stubs =
            WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                    .setTarget(temporal.target())
                    .build());
    private final WorkflowClient client;
    private final ScriptedShop shop;
    private final Api api;
    private final Caller caller;
    private WorkerFactory workers;

    public Stage() {
        LedgerMigrations.migrate(database);
        ledger = Ledger.over(database, Clock.systemUTC());
        shop = new ScriptedShop(ledger, database);
        client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(temporal.namespace())
                        .build());
        workers = work();
        api = Api.start(settings());
        caller = new Caller(api.uri());
    }

    private ApiSettings settings() {
        return ApiSettings.read(
                Map.of(
                        "REPRISE_HTTP_PORT", "0",
                        "REPRISE_DB_URL", postgres.jdbcUrl(),
                        "REPRISE_TEMPORAL_ADDRESS", temporal.target(),
                        "REPRISE_TEMPORAL_NAMESPACE", temporal.namespace()),
                Path.of("no-such-reprise.yaml"));
    }

    private WorkerFactory work() {
        WorkerFactory factory = WorkerFactory.newInstance(client);
        Worker worker = factory.newWorker(OrderWorkflow.TASK_QUEUE);
        worker.registerWorkflowImplementationTypes(OrderSaga.class);
        worker.registerActivitiesImplementations(shop, shop.fence(), shop.records());
        factory.start();
        return factory;
    }

    public Caller caller() {
        return caller;
    }

    public Ledger ledger() {
        return ledger;
    }

    public ScriptedShop shop() {
        return shop;
    }

    public WorkflowClient temporal() {
        return client;
    }

    public EmbeddedPostgresServer postgres() {
        return postgres;
    }

    public EmbeddedTemporal temporalServer() {
        return temporal;
    }

    public void stopWorkers() {
        workers.shutdownNow();
    }

    public void startWorkers() {
        workers = work();
    }

    /** Rows of a table of the ledger. */
    public long rows(String table) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet counted = statement.executeQuery("select count(*) from reprise." + table)) {
            counted.next();
            return counted.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot count the rows of " + table, e);
        }
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(EmbeddedPostgresServer.USER);
        config.setPassword(EmbeddedPostgresServer.PASSWORD);
        config.setMaximumPoolSize(8);
        return new HikariDataSource(config);
    }

    @Override
    public void close() {
        caller.close();
        api.close();
        workers.shutdownNow();
        stubs.shutdownNow();
        database.close();
        temporal.close();
        postgres.close();
    }
}
