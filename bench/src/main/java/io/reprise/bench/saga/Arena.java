package io.reprise.bench.saga;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.activities.connection.ConnectionPool;
import io.reprise.activities.connection.ConnectionSettings;
import io.reprise.activities.order.ShopMigrations;
import io.reprise.activities.run.LedgerWriter;
import io.reprise.activities.run.StepLedger;
import io.reprise.activities.saga.FencedSteps;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.activities.saga.OutboxEvent;
import io.reprise.bench.shared.Contender;
import io.reprise.db.Ledger;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import io.reprise.worker.order.Orders;
import io.reprise.worker.outbox.OutboxRelay;
import io.reprise.worker.outbox.OutboxSettings;
import io.reprise.worker.run.Registration;
import io.reprise.worker.run.TaskQueues;
import io.reprise.worker.run.TemporalLink;
import io.reprise.worker.run.TemporalSettings;
import io.reprise.workflows.run.StepMode;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
    private static final int POOL = 20;

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
        ends.push(() -> delete(folder));
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
        WorkflowClient workers = client(temporal, "bench-worker");
        WorkflowClient callers = client(temporal, "bench-caller");
        Ledger ledger = Ledger.over(ledgerPool, Clock.systemUTC());
        LedgerWriter writer = new LedgerWriter(ledger.stepFacts(), ledger.outcomes(), Duration.ofSeconds(5));
        ends.push(writer::close);
        FencedSteps steps = FencedSteps.onPostgres(
                database,
                StepLedger.choose(database, ledgerPool, writer, Clock.systemUTC()),
                "bench",
                Clock.systemUTC());
        Registration ours = Orders.registration(steps, ledger, Clock.systemUTC());
        TaskQueues queues = TaskQueues.serve(
                workers,
                List.of(new Registration(
                        TASK_QUEUE,
                        both(List.of(BareOrder.class), ours.workflows()),
                        both(List.of(new BareShop(database)), ours.activities()))),
                POOL / 2);
        ends.push(queues::close);
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

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }

    private static <T> List<T> both(List<? extends T> one, List<? extends T> other) {
        List<T> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }

    private WorkflowClient client(TemporalChoice.Running temporal, String identity) {
        TemporalLink link = new TemporalLink(
                new TemporalSettings(temporal.target(), temporal.namespace()), identity, new SimpleMeterRegistry());
        ends.push(link::close);
        return link.client();
    }
}
