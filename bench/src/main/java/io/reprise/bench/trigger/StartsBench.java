package io.reprise.bench.trigger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.bench.shared.BenchResult;
import io.reprise.bench.shared.Figure;
import io.reprise.bench.shared.Goal;
import io.reprise.bench.shared.Latencies;
import io.reprise.bench.shared.OpenLoop;
import io.reprise.catalog.shared.RecordDecoder;
import io.reprise.catalog.trigger.KeyOrder;
import io.reprise.catalog.trigger.TriggerDefinition;
import io.reprise.db.Ledger;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.EmbeddedTemporal;
import io.reprise.embedded.Placement;
import io.reprise.worker.order.OrderTopics;
import io.reprise.worker.run.Starter;
import io.reprise.worker.run.TemporalLink;
import io.reprise.worker.run.TemporalSettings;
import io.reprise.worker.shared.Topics;
import io.reprise.worker.trigger.TriggerReaders;
import io.reprise.workflows.run.StepMode;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Records that a trigger makes runs of, against {@code WorkflowClient.start} in a loop, on the same servers and in rounds
 * that alternate. Nobody works on what is started, so that starting is all that is measured.
 */
public final class StartsBench implements AutoCloseable {

    private static final String TOPIC = "shop.orders.placed";
    private static final String QUEUE = "order";
    private static final String WORKER = "bench";
    private static final double GOAL = 0.9;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final String STARTED =
            "select name, started_at from reprise.run where name like ? and started_at is not null";

    private final int records;
    private final int rounds;
    private final Duration latencies;
    private final Consumer<String> progress;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final HikariDataSource database;
    private final WorkflowClient temporal;
    private final KafkaProducer<String, String> producer;

    /**
     * Measures on servers of its own.
     *
     * @param records in each round, and as many starts of the loop
     * @param latencies for how long records come at half the rate
     */
    public static BenchResult run(int records, int rounds, Duration latencies, Consumer<String> progress)
            throws Exception {
        try (StartsBench bench = new StartsBench(records, rounds, latencies, progress)) {
            return bench.measure();
        }
    }

    private StartsBench(int records, int rounds, Duration latencies, Consumer<String> progress) throws Exception {
        this.records = records;
        this.rounds = rounds;
        this.latencies = latencies;
        this.progress = progress;
        EmbeddedPostgresServer postgres = part(EmbeddedPostgresServer.start(Placement.temporary()));
        EmbeddedKafka kafka = part(EmbeddedKafka.start(Placement.temporary()));
        EmbeddedTemporal server =
                part(EmbeddedTemporal.start(io.reprise.embedded.TemporalSettings.at(Placement.temporary(), List.of())));
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setUsername(EmbeddedPostgresServer.USER);
        pool.setPassword(EmbeddedPostgresServer.PASSWORD);
        this.database = part(new HikariDataSource(pool));
        LedgerMigrations.migrate(database);
        Ledger ledger = Ledger.over(database, Clock.systemUTC());
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        TemporalLink link =
                part(new TemporalLink(new TemporalSettings(server.target(), server.namespace()), WORKER, meters));
        link.prepare();
        this.temporal = link.client();
        Topics topics = part(new Topics(kafka.bootstrapServers()));
        topics.ensure(List.of(OrderTopics.PLACED));
        Starter starter = part(Starter.start(ledger.startQueue(), temporal, WORKER, meters));
        part(TriggerReaders.follow(
                ledger,
                kafka.bootstrapServers(),
                topics,
                new TriggerReaders.Own(
                        List.of(TriggerDefinition.ordersPlaced(KeyOrder.NONE)),
                        List.of(OrderTopics.PLACED),
                        StepMode.REGULAR,
                        () -> RecordDecoder::json),
                starter::wake,
                meters,
                Clock.systemUTC()));
        this.producer = part(new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), new StringSerializer(), new StringSerializer()));
    }

    private BenchResult measure() throws Exception {
        progress.accept("warming up");
        loop("warm");
        trigger("warm");
        List<Double> ratios = new ArrayList<>();
        List<Double> looped = new ArrayList<>();
        List<Double> triggered = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            double byLoop = loop("round-" + round);
            double byTrigger = trigger("round-" + round);
            looped.add(byLoop);
            triggered.add(byTrigger);
            ratios.add(byTrigger / byLoop);
            progress.accept("round %d: %.0f starts a second in a loop, %.0f by the trigger"
                    .formatted(round, byLoop, byTrigger));
        }
        int half = Math.max(1, (int) (median(triggered) / 2));
        progress.accept(half + " records a second");
        Latencies started = atRate(half);
        return BenchResult.here(
                "trigger",
                List.of(
                        Figure.count("records in a round", records),
                        Figure.of("WorkflowClient.start in a loop", median(looped), "starts/s"),
                        Figure.of("trigger", median(triggered), "starts/s"),
                        Figure.of("trigger / loop", median(ratios), "ratio", Goal.atLeast(GOAL)),
                        Figure.of("half the rate", half, "records/s"),
                        Figure.of("produced to started, p50", started.millisAt(50), "ms"),
                        Figure.of("produced to started, p99", started.millisAt(99), "ms"),
                        Figure.of("produced to started, longest", started.longestMillis(), "ms")));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private double loop(String prefix) {
        long begun = System.nanoTime();
        for (int number = 0; number < records; number++) {
            String id = "bare-" + prefix + "-" + number;
            temporal.newUntypedWorkflowStub(
                            "order",
                            WorkflowOptions.newBuilder()
                                    .setWorkflowId(id)
                                    .setTaskQueue(QUEUE)
                                    .build())
                    .start(order(id, number));
        }
        return records / ((System.nanoTime() - begun) / 1e9);
    }

    private double trigger(String prefix) throws SQLException, InterruptedException {
        Instant begun = Clock.systemUTC().instant();
        for (int number = 0; number < records; number++) {
            String id = prefix + "-" + number;
            Future<RecordMetadata> _ = producer.send(new ProducerRecord<>(TOPIC, id, order(id, number)));
        }
        producer.flush();
        Instant last = awaitStarted(prefix, records).values().stream()
                .max(Instant::compareTo)
                .orElseThrow();
        return records / (Duration.between(begun, last).toNanos() / 1e9);
    }

    private Latencies atRate(int perSecond) throws SQLException, InterruptedException {
        Map<String, Instant> due = new ConcurrentHashMap<>();
        new OpenLoop(perSecond, latencies).run(Clock.systemUTC(), (number, instant) -> {
            String id = "timed-" + number;
            due.put(id, instant);
            Future<RecordMetadata> _ = producer.send(new ProducerRecord<>(TOPIC, id, order(id, number)));
            producer.flush();
        });
        Latencies took = new Latencies();
        awaitStarted("timed", due.size())
                .forEach((id, started) -> took.record(Duration.between(due.getOrDefault(id, started), started)));
        return took;
    }

    private Map<String, Instant> awaitStarted(String prefix, int expected) throws SQLException, InterruptedException {
        Instant end = Clock.systemUTC().instant().plus(LIMIT);
        Map<String, Instant> started = started(prefix);
        while (started.size() < expected) {
            if (Clock.systemUTC().instant().isAfter(end)) {
                throw new IllegalStateException("found " + started.size() + " started runs of '" + prefix + "' after "
                        + LIMIT + " (expected: " + expected + ")");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            started = started(prefix);
        }
        return started;
    }

    private Map<String, Instant> started(String prefix) throws SQLException {
        Map<String, Instant> started = new ConcurrentHashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(STARTED)) {
            statement.setString(1, prefix + "-%");
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    started.put(
                            rows.getString(1),
                            rows.getObject(2, OffsetDateTime.class).toInstant());
                }
            }
        }
        return started;
    }

    private static String order(String id, long number) {
        return "{\"orderId\":\"%s\",\"accountId\":\"acc-%d\",\"currency\":\"EUR\",\"lines\":[{\"sku\":\"sku-%d\",\"quantity\":1,\"unitPriceMinor\":100}]}"
                .formatted(id, number % 1000, number % 1000);
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            end(parts.pop());
        }
    }

    private static void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            throw new IllegalStateException("cannot end " + part, failure);
        }
    }
}
