package io.reprise.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.connection.ConnectionSettings;
import io.reprise.activities.order.SampleShop;
import io.reprise.activities.order.ShopMigrations;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.db.Ledger;
import io.reprise.db.run.OrderRule;
import io.reprise.db.run.Run;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.EmbeddedTemporal;
import io.reprise.embedded.Placement;
import io.reprise.embedded.TemporalSettings;
import io.reprise.worker.run.Pools;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                    .contains("reprise_trigger_lag_records", "reprise_run_starts_total", "temporal_");
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

    private static WorkerSettings settings() {
        return new WorkerSettings(
                connection(6),
                connection(8),
                kafka.bootstrapServers(),
                new io.reprise.worker.run.TemporalSettings(temporal.target(), temporal.namespace()),
                "127.0.0.1",
                0,
                OrderRule.PER_KEY,
                StepMode.REGULAR);
    }

    private static ConnectionSettings connection(int pool) {
        return new ConnectionSettings(
                postgres.jdbcUrl(), EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD, pool);
    }

    private static void awaitServing() {
        await().atMost(PATIENCE)
                .until(() -> ledger.workers().heardWithin(Duration.ofSeconds(6)).stream()
                        .anyMatch(worker -> worker.seeded()
                                && worker.taskQueues().equals(List.of("order"))
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
