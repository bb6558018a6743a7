package io.reprise.bench.trigger;

import io.reprise.bench.shared.BenchResult;
import io.reprise.bench.shared.Figure;
import io.reprise.bench.shared.Latencies;
import io.reprise.bench.shared.OpenLoop;
import io.reprise.bench.shared.Topology;
import io.reprise.embedded.EmbeddedPostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Orders through Kafka at a fixed rate, with one worker as a process. Latency counts from the instant at which a record was
 * due, so that it cannot hide behind a producer that was held up.
 */
public final class TriggerBench {

    private static final String TOPIC = "shop.orders.placed";
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final OpenLoop WARM_UP = new OpenLoop(25, Duration.ofSeconds(40));

    private static final String FIRST_STEPS = """
            select r.name, r.accepted_at, r.started_at, f.done_at from reprise.run r
            join reprise_kit.fence f on f.step_key = r.workflow_id || ':create-order'
            where r.name like ? || '%'""";

    private final OpenLoop load;
    private final String mode;
    private final Path logs;
    private final InstantSource clock;
    private final Consumer<String> progress;

    public TriggerBench(OpenLoop load, String mode, Path logs, InstantSource clock, Consumer<String> progress) {
        this.load = load;
        this.mode = mode;
        this.logs = logs;
        this.clock = clock;
        this.progress = progress;
    }

    public BenchResult run() throws Exception {
        progress.accept("logs in " + logs);
        try (Topology topology = Topology.start(1, Map.of("REPRISE_ORDER_STEP_MODE", mode), logs);
                Connection ledger = DriverManager.getConnection(
                        topology.postgres().jdbcUrl(), EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD);
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", topology.kafka().bootstrapServers(), "linger.ms", 0),
                        new StringSerializer(),
                        new StringSerializer())) {
            awaitCount(ledger, "select count(*) from reprise.worker where seeded", 1, READY_LIMIT);
            produce(WARM_UP, "warm", producer);
            awaitCount(ledger, ended("warm"), WARM_UP.lasting().toSeconds() * WARM_UP.perSecond(), DRAIN_LIMIT);
            progress.accept("warm; " + load.perSecond() + " orders a second for "
                    + load.lasting().toSeconds() + " s, steps first " + mode);
            Map<String, Instant> due = produce(load, "timed", producer);
            awaitCount(ledger, ended("timed"), due.size(), DRAIN_LIMIT);
            return result(ledger, due);
        }
    }

    private Map<String, Instant> produce(OpenLoop loop, String prefix, KafkaProducer<String, String> producer) {
        Map<String, Instant> due = new ConcurrentHashMap<>();
        loop.run(clock, (number, instant) -> {
            String id = prefix + "-" + number;
            due.put(id, instant);
            awaitSent(producer.send(new ProducerRecord<>(TOPIC, id, order(id, number))));
        });
        return due;
    }

    private static void awaitSent(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot send an order", e.getCause());
        }
    }

    private static String order(String id, long number) {
        return "{\"orderId\":\"%s\",\"accountId\":\"acc-%d\",\"currency\":\"EUR\",\"lines\":[{\"sku\":\"sku-%d\",\"quantity\":1,\"unitPriceMinor\":100}]}"
                .formatted(id, number % 1000, number % 1000);
    }

    private BenchResult result(Connection ledger, Map<String, Instant> due) throws SQLException {
        Latencies accepted = new Latencies();
        Latencies started = new Latencies();
        Latencies committed = new Latencies();
        try (PreparedStatement statement = ledger.prepareStatement(FIRST_STEPS)) {
            statement.setString(1, "timed-");
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Instant instant = due.get(rows.getString(1));
                    if (instant == null) {
                        throw new IllegalStateException("nobody produced " + rows.getString(1));
                    }
                    accepted.record(Duration.between(instant, at(rows, 2)));
                    started.record(Duration.between(instant, at(rows, 3)));
                    committed.record(Duration.between(instant, at(rows, 4)));
                }
            }
        }
        if (committed.count() != due.size()) {
            throw new IllegalStateException(
                    "found " + committed.count() + " committed first steps (expected: " + due.size() + ")");
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.count("orders", due.size()));
        figures.add(Figure.of("rate", load.perSecond(), "orders/s"));
        tell(figures, "produced to accepted", accepted);
        tell(figures, "produced to started", started);
        tell(figures, "produced to first step committed", committed);
        return BenchResult.here("trigger", figures);
    }

    private static void tell(List<Figure> figures, String name, Latencies latencies) {
        figures.add(Figure.of(name + ", p50", latencies.millisAt(50), "ms"));
        figures.add(Figure.of(name + ", p99", latencies.millisAt(99), "ms"));
        figures.add(Figure.of(name + ", longest", latencies.longestMillis(), "ms"));
    }

    private void awaitCount(Connection ledger, String query, long atLeast, Duration limit)
            throws SQLException, InterruptedException {
        Instant end = clock.instant().plus(limit);
        for (long found = count(ledger, query); found < atLeast; found = count(ledger, query)) {
            if (clock.instant().isAfter(end)) {
                throw new IllegalStateException("found " + found + " after " + limit.toSeconds() + " s (expected: "
                        + atLeast + ") for " + query + "; logs in " + logs);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
    }

    private static String ended(String prefix) {
        return "select count(*) from reprise.run where name like '" + prefix + "-%' and ended_at is not null";
    }

    private static long count(Connection ledger, String query) throws SQLException {
        try (Statement statement = ledger.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Instant at(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
