package io.reprise.worker.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.activities.connection.ConnectionSettings;
import io.reprise.catalog.pipeline.Definitions;
import io.reprise.catalog.pipeline.DefinitionsReader;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.shared.RecordDecoder;
import io.reprise.db.Ledger;
import io.reprise.db.pipeline.NewCatalog;
import io.reprise.db.pipeline.NewDefinition;
import io.reprise.db.pipeline.PipelineRuns;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunRef;
import io.reprise.db.sensor.ShownSensor;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.db.shared.PageRequest;
import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.EmbeddedTemporal;
import io.reprise.embedded.Placement;
import io.reprise.embedded.TemporalSettings;
import io.reprise.worker.connection.Pools;
import io.reprise.worker.pipeline.Pipelines;
import io.reprise.worker.run.Starter;
import io.reprise.worker.run.TaskQueues;
import io.reprise.worker.run.TemporalLink;
import io.reprise.worker.shared.Topics;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.run.WorkflowId;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Runs of pipelines that wait for records, on a ledger, a Kafka and a Temporal. */
final class SensorStage implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Clock CLOCK = Clock.systemUTC();
    private static final String NOBODY = "127.0.0.1:1";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final EmbeddedPostgresServer postgres = part(EmbeddedPostgresServer.start(Placement.temporary()));
    private final EmbeddedKafka kafka = part(EmbeddedKafka.start(Placement.temporary()));
    private final Ledger ledger;
    private final WorkflowClient temporal;
    private final Topics topics;
    private final Topics nobody;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private String topic = "";

    SensorStage() throws IOException {
        EmbeddedTemporal server = part(EmbeddedTemporal.start(TemporalSettings.at(Placement.temporary(), List.of())));
        HikariDataSource database = part(Pools.open(
                "test",
                new ConnectionSettings(
                        postgres.jdbcUrl(), EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD, 12),
                12));
        LedgerMigrations.migrate(database);
        this.ledger = Ledger.over(database, CLOCK);
        TemporalLink link = part(new TemporalLink(
                new io.reprise.worker.run.TemporalSettings(server.target(), server.namespace()),
                "worker",
                new SimpleMeterRegistry()));
        link.prepare();
        this.temporal = link.client();
        part(TaskQueues.serve(temporal, List.of(Pipelines.registration(ledger, temporal, "worker", CLOCK)), 4));
        part(Starter.start(ledger.startQueue(), temporal, "worker", new SimpleMeterRegistry()));
        this.topics = part(new Topics(kafka.bootstrapServers()));
        this.nobody = part(new Topics(NOBODY));
        this.admin = part(Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers())));
        this.producer = part(new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
    }

    /** A topic for the next test, which is there only where it is made. */
    void nextTopic() {
        topic = "shop.days-" + NUMBER.incrementAndGet();
    }

    String topic() {
        return topic;
    }

    Ledger ledger() {
        return ledger;
    }

    WorkflowClient temporal() {
        return temporal;
    }

    String bootstrap() {
        return kafka.bootstrapServers();
    }

    String jdbcUrl() {
        return postgres.jdbcUrl();
    }

    Admin admin() {
        return admin;
    }

    void makeTopic(int partitions) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all()
                .get();
    }

    void deleteTopic() throws ExecutionException, InterruptedException {
        admin.deleteTopics(List.of(topic)).all().get();
        await().atMost(PATIENCE).until(() -> !admin.listTopics().names().get().contains(topic));
    }

    void produce(String key, String value) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(
                        topic, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    Sensing sensing(String worker) {
        return sensing(worker, RecordDecoder::json);
    }

    Sensing sensing(String worker, RecordDecoder avro) {
        return Sensing.start(ledger, bootstrap(), topics, avro, temporal, worker, new SimpleMeterRegistry(), CLOCK);
    }

    Sensing sensingWithoutKafka(String worker) {
        return Sensing.start(
                ledger, NOBODY, nobody, RecordDecoder::json, temporal, worker, new SimpleMeterRegistry(), CLOCK);
    }

    /** Runs a pipeline of one that waits, and then says what it has captured. */
    RunRef run(Path folder, String wait) throws IOException {
        String name = "load-" + NUMBER.incrementAndGet();
        Path home = Files.createDirectories(folder.resolve("pipelines").resolve(name));
        Files.writeString(home.resolve("pipeline.yaml"), """
                pipeline: %s
                steps:
                  - id: closed
                    wait: {%s}
                  - {id: say, command: ["sh", "-c", "echo $N"], with: {N: ":closed.rows"}, guarantee: at-least-once}
                """.formatted(name, wait.replace("TOPIC", topic)));
        Definitions read = DefinitionsReader.read(folder, Optional.empty(), Map.of());
        assertThat(read.problems()).isEmpty();
        List<NewDefinition> all = new ArrayList<>();
        for (PipelineDefinition pipeline : read.pipelines()) {
            all.add(new NewDefinition("pipeline", pipeline.name().value(), pipeline.json()));
        }
        ledger.definitions().apply(new NewCatalog(all, List.of()), "ann", OptionalLong.empty());
        PipelineDefinition definition = read.pipeline(name).orElseThrow();
        PipelineInput input = PipelineInput.of(definition.hash(), definition.plan(), null, Map.of());
        Accepted accepted = ledger.acceptance()
                .accept(PipelineRuns.newRun(new WorkflowId("pipeline/" + name + "/once"), input, "test", 1_000, false));
        return ((Accepted.New) accepted).run();
    }

    /** Waits until the run is known to wait. */
    ShownSensor awaitWatched(RunRef run) {
        await().atMost(PATIENCE)
                .until(() -> !ledger.sensors().openOf(run.runId()).isEmpty());
        return ledger.sensors().openOf(run.runId()).getFirst();
    }

    void awaitNote(RunRef run, String words) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                ledger.sensors().openOf(run.runId()).getFirst().note())
                        .hasValueSatisfying(note -> assertThat(note).contains(words)));
    }

    /** What the run said at its end. */
    List<String> awaitSaid(RunRef run) {
        Run ended = awaitEnded(run);
        assertThat(ended.failure()).isEmpty();
        return ledger.runLogs().page(run.runId(), PageRequest.first(100)).items().stream()
                .map(line -> line.message())
                .toList();
    }

    Run awaitEnded(RunRef run) {
        await().atMost(PATIENCE).until(() -> shown(run).isEnded());
        return shown(run);
    }

    Run shown(RunRef run) {
        return ledger.runs().byId(run.runId()).orElseThrow();
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failure) {
                throw new IllegalStateException("cannot end the stage", failure);
            }
        }
    }
}
