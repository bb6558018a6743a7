package io.reprise.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.activities.connection.ConnectionSettings;
import io.reprise.activities.order.SampleShop;
import io.reprise.activities.order.ShopMigrations;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.db.Ledger;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.Lease;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.OrderRule;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunOrder;
import io.reprise.db.run.RunRef;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.EmbeddedTemporal;
import io.reprise.embedded.Placement;
import io.reprise.embedded.TemporalSettings;
import io.reprise.worker.connection.Pools;
import io.reprise.worker.run.Housekeeping;
import io.reprise.worker.run.TemporalLink;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.RunStart;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class WorkerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static EmbeddedPostgresServer postgres;
    private static EmbeddedKafka kafka;
    private static EmbeddedTemporal temporal;
    private static HikariDataSource database;
    private static Ledger ledger;

    @BeforeAll
    static void startServers() throws Exception {
        postgres = EmbeddedPostgresServer.start(Placement.temporary());
        kafka = EmbeddedKafka.start(Placement.temporary());
        temporal = EmbeddedTemporal.start(TemporalSettings.at(Placement.temporary(), List.of()));
        database = Pools.open("test", connection(4), 4);
        LedgerMigrations.migrate(database);
        KitMigrations.migrate(database);
        ShopMigrations.migrate(database);
        SampleShop.seed(database);
        ledger = Ledger.over(database, Clock.systemUTC());
    }

    @AfterAll
    static void stopServers() {
        database.close();
        temporal.close();
        kafka.close();
        postgres.close();
    }

    @Test
    void anOrderOnKafkaIsPlacedAndTheWorkerSaysThatItIsThere() throws Exception {
        try (Worker worker = Worker.start(settings())) {
            awaitServing();

            place("w-1001", "sku-1", "acc-1");
            place("w-1002", "sku-empty", "acc-1");

            assertThat(awaitEnded("w-1001").forward()).isEqualTo(Forward.SUCCEEDED);
            Run refused = awaitEnded("w-1002");
            assertThat(refused.forward()).isEqualTo(Forward.FAILED);
            assertThat(refused.compensation()).isEqualTo(Compensation.DONE);
            assertThat(refused.reason()).contains("out-of-stock");
            assertThat(get(worker.http().resolve("/health"))).contains("\"status\":\"UP\"");
            assertThat(get(worker.http().resolve("/metrics")))
                    .contains(
                            "reprise_trigger_lag_records",
                            "reprise_run_starts_total",
                            "reprise_run_stuck_runs 0",
                            "reprise_run_failing_workflow_tasks 0",
                            "temporal_");
        }

        assertThat(ledger.workers().heardWithin(PATIENCE)).isEmpty();
    }

    @Test
    void goesOnByItselfWhenTemporalWasAway() throws Exception {
        try (Worker _ = Worker.start(settings())) {
            awaitServing();

            temporal.stop();
            place("w-2001", "sku-1", "acc-1");
            await().atMost(PATIENCE)
                    .until(() -> run("w-2001").flatMap(Run::startError).isPresent());
            temporal.startAgain();

            assertThat(awaitEnded("w-2001").forward()).isEqualTo(Forward.SUCCEEDED);
        }
    }

    @Test
    void aRunThatWasTerminatedBeforeItDidAnythingFailsAndCanNeverBegin() throws Exception {
        RunRef run = acceptAndStart("w-3001");
        client().newUntypedWorkflowStub(run.workflowId().value()).terminate("to test");

        try (Worker _ = Worker.start(settings())) {
            Run ended = awaitEnded("w-3001");

            assertThat(ended.forward()).isEqualTo(Forward.FAILED);
            assertThat(ended.compensation()).isEqualTo(Compensation.NONE);
            assertThat(ended.reason()).contains("terminated");
        }
        assertThat(texts("select distinct state from reprise_kit.fence where workflow_id = 'order/w-3001'"))
                .containsExactly("FENCED");
    }

    @Test
    void aRunThatWasTerminatedPastAStepIsStuckUntilSomebodyUndoesIt() throws Exception {
        try (Worker _ = Worker.start(settings());
                Connection lock = database.getConnection()) {
            awaitServing();
            lock.setAutoCommit(false);
            try (Statement statement = lock.createStatement()) {
                statement.execute("select from shop.inventory where sku = 'sku-7' for update");
            }
            place("w-4001", "sku-7", "acc-1");
            await().atMost(PATIENCE)
                    .until(() -> texts(
                                    "select state from reprise_kit.fence where step_key = 'order/w-4001:create-order'")
                            .contains("DONE"));
            await().atMost(PATIENCE)
                    .until(() -> run("w-4001").flatMap(Run::temporalRunId).isPresent());
            client().newUntypedWorkflowStub("order/w-4001").terminate("to test");
            lock.rollback();

            await().atMost(PATIENCE).until(() -> run("w-4001").orElseThrow().forward() == Forward.STUCK);
        }

        Run stuck = run("w-4001").orElseThrow();
        assertThat(stuck.reason()).contains("terminated");
        assertThat(stuck.stuckSteps()).contains("create-order");
    }

    @Test
    void aCancelThatWasNotedAndLostOnItsWayIsAskedForAgain() throws Exception {
        try (Worker _ = Worker.start(settings());
                Connection lock = database.getConnection()) {
            awaitServing();
            lock.setAutoCommit(false);
            try (Statement statement = lock.createStatement()) {
                statement.execute("select from shop.inventory where sku = 'sku-8' for update");
            }
            place("w-6001", "sku-8", "acc-1");
            await().atMost(PATIENCE)
                    .until(() -> run("w-6001").flatMap(Run::temporalRunId).isPresent());
            ledger.startQueue().cancel(run("w-6001").orElseThrow().ref().runId(), "changed my mind");
            await().atMost(PATIENCE).until(() -> run("w-6001").orElseThrow().compensation() != Compensation.NONE);
            lock.rollback();

            assertThat(awaitEnded("w-6001").forward()).isEqualTo(Forward.CANCELLED);
        }
    }

    @Test
    void aRunThatTemporalNoLongerKnowsIsStuckAsLost() throws Exception {
        RunRef run = accept("w-5001");
        ledger.startQueue().started(run, UUID.randomUUID().toString());

        try (Worker _ = Worker.start(settings())) {
            await().atMost(PATIENCE)
                    .until(() -> run("w-5001").orElseThrow().reason().equals(Optional.of("lost")));
        }

        assertThat(run("w-5001").orElseThrow().forward()).isEqualTo(Forward.STUCK);
    }

    @Test
    void anIdThatOnlyTemporalStillKnowsIsNotAnsweredWithWhatItsFirstRunDid() throws Exception {
        try (Worker _ = Worker.start(settings())) {
            awaitServing();
            place("w-7001", "sku-9", "acc-1");
            awaitEnded("w-7001");
            execute("delete from reprise.run where workflow_id = 'order/w-7001'");
            execute("delete from reprise.run_key where first_id = 'order/w-7001'");

            acceptAndStart("w-7001");

            Run refused = awaitEnded("w-7001");
            assertThat(refused.forward()).isEqualTo(Forward.FAILED);
            assertThat(refused.compensation()).isEqualTo(Compensation.NONE);
            assertThat(refused.reason()).contains("order-exists");
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static RunRef accept(String orderId) {
        String order = "{\"orderId\":\"" + orderId + "\",\"accountId\":\"acc-1\",\"currency\":\"EUR\","
                + "\"lines\":[{\"sku\":\"sku-1\",\"quantity\":1,\"unitPriceMinor\":1}]}";
        NewRun run = new NewRun(
                new WorkflowId("order/" + orderId),
                "order",
                "order",
                new RunInput(order),
                StepMode.REGULAR,
                "test",
                RunOrder.FREE);
        Accepted accepted = ledger.acceptance().accept(run, new Lease("test", Duration.ofMinutes(5)));
        return ((Accepted.New) accepted).run();
    }

    private static RunRef acceptAndStart(String orderId) {
        RunRef run = accept(orderId);
        RunContext context = new RunContext(
                run.runId(), run.startedOn(), run.workflowId(), StepMode.REGULAR, RunContext.STUCK_AFTER, false, 0);
        String input = ledger.runs().input(run).orElseThrow().json();
        try (TemporalLink link = new TemporalLink(
                new io.reprise.worker.run.TemporalSettings(temporal.target(), temporal.namespace()),
                "test",
                new SimpleMeterRegistry())) {
            link.prepare();
            ledger.startQueue().started(run, new RunStart("order", "order", context, input).start(link.client()));
        }
        return run;
    }

    private static WorkflowClient client() {
        return WorkflowClient.newInstance(WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(temporal.target())
                .validateAndBuildWithDefaults()));
    }

    private static List<String> texts(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (found.next()) {
                texts.add(found.getString(1));
            }
            return texts;
        }
    }

    private static WorkerSettings settings() {
        return new WorkerSettings(
                connection(6),
                connection(8),
                kafka.bootstrapServers(),
                new io.reprise.worker.run.TemporalSettings(temporal.target(), temporal.namespace()),
                "127.0.0.1",
                0,
                OrderRule.PER_KEY,
                StepMode.REGULAR,
                new Housekeeping.Retention(Duration.ofDays(90), Duration.ofDays(180)),
                Optional.empty(),
                Optional.empty());
    }

    private static ConnectionSettings connection(int pool) {
        return new ConnectionSettings(
                postgres.jdbcUrl(), EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD, pool);
    }

    private static void awaitServing() {
        await().atMost(PATIENCE)
                .until(() -> ledger.workers().heardWithin(Duration.ofSeconds(6)).stream()
                        .anyMatch(worker -> worker.seeded()
                                && worker.taskQueues().equals(List.of("order", "pipeline"))
                                && worker.kafka().equals("up")
                                && worker.temporal().equals("up")));
    }

    private static void place(String orderId, String sku, String account) throws Exception {
        String order = """
                {"orderId":"%s","accountId":"%s","currency":"EUR",\
                "lines":[{"sku":"%s","quantity":2,"unitPriceMinor":1250}]}""".formatted(orderId, account, sku);
        Map<String, Object> configuration = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(configuration, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("shop.orders.placed", orderId, order))
                    .get();
        }
    }

    private static Optional<Run> run(String orderId) {
        return ledger.runs().byWorkflowId(new WorkflowId("order/" + orderId));
    }

    private static Run awaitEnded(String orderId) {
        await().atMost(PATIENCE).until(() -> run(orderId).filter(Run::isEnded).isPresent());
        return run(orderId).orElseThrow();
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
