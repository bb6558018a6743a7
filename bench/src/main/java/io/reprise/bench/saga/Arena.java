package io.reprise.bench.saga;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.activities.connection.ConnectionPool;
import io.reprise.activities.connection.ConnectionSettings;
import io.reprise.activities.order.FencedOrderSteps;
import io.reprise.activities.order.ShopMigrations;
import io.reprise.activities.run.LedgerRunRecords;
import io.reprise.activities.run.LedgerWriter;
import io.reprise.activities.run.StepLedger;
import io.reprise.activities.saga.FencedSteps;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.activities.saga.OutboxEvent;
import io.reprise.activities.saga.PivotFence;
import io.reprise.db.Ledger;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import io.reprise.worker.outbox.OutboxRelay;
import io.reprise.worker.outbox.OutboxSettings;
import io.reprise.workflows.order.OrderSaga;
import io.reprise.workflows.run.StepMode;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * One Temporal, one PostgreSQL that waits for its disk, one worker on one task queue that knows all contenders' workflows
 * and activities, and one client that starts them from outside the worker, as an api does.
 */
final class Arena implements AutoCloseable {

    static final String BARE = "bare";
    static final String REGULAR = "regular";
    static final String LOCAL = "local";
    static final String TASK_QUEUE = "order";

    private static final String EVENTS = "shop.orders.events";
    private static final int PARTITIONS = 4;
    private static final int POOL = 24;

    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final List<Contender> contenders = new ArrayList<>();

    static Arena open(TemporalChoice choice, boolean relay, Consumer<String> progress) throws Exception {
        Arena arena = new Arena();
        try {
            arena.build(choice, relay, progress);
            return arena;
        } catch (Exception e) {
            arena.close();
            throw e;
        }
    }

    List<Contender> contenders() {
        return contenders;
    }

    @Override
    public void close() {
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
    }

    private void build(TemporalChoice choice, boolean relay, Consumer<String> progress) throws Exception {
        Path folder = Files.createTempDirectory("reprise-bench-");
        EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(Placement.kept(folder.resolve("postgres")));
        ends.push(postgres::close);
        TemporalChoice.Running temporal = choice.start(postgres);
        ends.push(temporal::close);
        progress.accept("PostgreSQL with fsync, " + temporal.description());
        HikariDataSource database = shopPool(postgres);
        HikariDataSource ledgerPool = ledgerPool(postgres);
        LedgerMigrations.migrate(database);
        KitMigrations.migrate(database);
        ShopMigrations.migrate(database);
        try (Connection shop = database.getConnection()) {
            OrderMix.fill(shop);
            shop.commit();
        }
        if (relay) {
            startRelay(database);
        }
        WorkflowClient workers = client(temporal);
        WorkflowClient callers = client(temporal);
        WorkerFactory factory = WorkerFactory.newInstance(
                workers,
                WorkerFactoryOptions.newBuilder()
                        .setUsingVirtualWorkflowThreads(true)
                        .build());
        ends.push(factory::shutdownNow);
        Worker worker = factory.newWorker(
                TASK_QUEUE,
                WorkerOptions.newBuilder().setUsingVirtualThreads(true).build());
        Ledger ledger = Ledger.over(ledgerPool, Clock.systemUTC());
        LedgerWriter writer = new LedgerWriter(ledger.stepFacts(), ledger.outcomes(), Duration.ofSeconds(5));
        ends.push(writer::close);
        FencedSteps steps = FencedSteps.onPostgres(
                database,
                StepLedger.choose(database, ledgerPool, writer, Clock.systemUTC()),
                "bench",
                Clock.systemUTC());
        worker.registerWorkflowImplementationTypes(BareOrder.class, OrderSaga.class);
        worker.registerActivitiesImplementations(
                new BareShop(database),
                new FencedOrderSteps(steps, Clock.systemUTC()),
                new PivotFence(steps),
                new LedgerRunRecords(ledger.outcomes()));
        factory.start();
        Traces traces = new Traces(database);
        contenders.add(new BareContender(callers, traces));
        contenders.add(new SagaContender(REGULAR, StepMode.REGULAR, ledger, callers, traces));
        contenders.add(new SagaContender(LOCAL, StepMode.LOCAL, ledger, callers, traces));
    }

    private void startRelay(HikariDataSource database) throws ExecutionException, InterruptedException {
        EmbeddedKafka kafka = EmbeddedKafka.start(Placement.temporary());
        ends.push(kafka::close);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(EVENTS, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        OutboxRelay outbox = OutboxRelay.start(
                OutboxSettings.of("shop", OutboxEvent.SHARDS),
                "bench",
                database,
                kafka.bootstrapServers(),
                new SimpleMeterRegistry());
        ends.push(outbox::close);
    }

    private HikariDataSource ledgerPool(EmbeddedPostgresServer postgres) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.jdbcUrl());
        config.setUsername(EmbeddedPostgresServer.USER);
        config.setPassword(EmbeddedPostgresServer.PASSWORD);
        config.setMaximumPoolSize(POOL);
        HikariDataSource pool = new HikariDataSource(config);
        ends.push(pool::close);
        return pool;
    }

    private HikariDataSource shopPool(EmbeddedPostgresServer postgres) {
        HikariDataSource pool = ConnectionPool.open(
                "shop",
                new ConnectionSettings(
                        postgres.jdbcUrl(), EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD, POOL));
        ends.push(pool::close);
        return pool;
    }

    private WorkflowClient client(TemporalChoice.Running temporal) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(temporal.target())
                .build());
        ends.push(stubs::shutdownNow);
        return WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(temporal.namespace())
                        .build());
    }
}
