package io.reprise.worker.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.catalog.trigger.StartAt;
import io.reprise.db.Ledger;
import io.reprise.db.run.OrderRule;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import io.reprise.worker.shared.Topic;
import io.reprise.worker.shared.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A ledger and a Kafka, and on them one trigger after the other, each with a topic of its own. */
final class TriggerStage implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final int partitions;
    private final EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(Placement.temporary());
    private final EmbeddedKafka kafka;
    private final HikariDataSource database;
    private final Ledger ledger;
    private final Topics topics;
    private SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private String name = "";

    TriggerStage(int partitions, Placement ofKafka) {
        this.partitions = partitions;
        this.kafka = EmbeddedKafka.start(ofKafka);
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setUsername(EmbeddedPostgresServer.USER);
        pool.setPassword(EmbeddedPostgresServer.PASSWORD);
        pool.setConnectionTimeout(1_000);
        this.database = new HikariDataSource(pool);
        LedgerMigrations.migrate(database);
        this.ledger = Ledger.over(database, Clock.systemUTC());
        this.topics = new Topics(kafka.bootstrapServers());
    }

    static TriggerStage withPartitions(int partitions) {
        return new TriggerStage(partitions, Placement.temporary());
    }

    /** Kafka's files stay where a test can reach them. */
    static TriggerStage withOnePartitionIn(Path folder) {
        return new TriggerStage(1, Placement.kept(folder));
    }

    void nextTrigger() {
        name = "letters-" + NUMBER.incrementAndGet();
        meters = new SimpleMeterRegistry();
    }

    String name() {
        return name;
    }

    String id(int number) {
        return name + "-" + number;
    }

    Ledger ledger() {
        return ledger;
    }

    EmbeddedPostgresServer postgres() {
        return postgres;
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    TopicReader trigger(String group, Runnable accepted) {
        return reader(name, group + "." + name, accepted, List.of(served(name, new Letters())));
    }

    TopicReader trigger() {
        return trigger("group", () -> {});
    }

    /** A reader of a topic for these triggers. */
    TopicReader reader(String topic, String group, Runnable accepted, List<ServedTrigger> triggers) {
        return TopicReader.start(
                new TriggerSettings(topic, group, 20, Duration.ofSeconds(8)),
                kafka.bootstrapServers(),
                new TopicReader.Kafka(topics, Optional.of(Topic.of(topic, partitions))),
                ledger,
                accepted,
                trigger -> new TriggerMeters(meters, trigger),
                triggers);
    }

    static ServedTrigger served(String trigger, RecordReader reader) {
        return new ServedTrigger(trigger, OrderRule.START_ORDER, new StartAt.Earliest(), "{}", "1", reader);
    }

    void produce(List<String> values) throws ExecutionException, InterruptedException {
        send(values, null);
    }

    void produce(List<String> values, String key) throws ExecutionException, InterruptedException {
        send(values, key.getBytes(StandardCharsets.UTF_8));
    }

    /** All of them, followed by the mark that ends their transaction. */
    void produceInTransaction(List<String> values) throws ExecutionException, InterruptedException {
        ensureTopic();
        Map<String, Object> configuration =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "test." + name);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String value : values) {
                Future<RecordMetadata> _ =
                        producer.send(new ProducerRecord<>(name, value.getBytes(StandardCharsets.UTF_8)));
            }
            producer.commitTransaction();
        }
    }

    private void send(List<String> values, byte @Nullable [] key) throws ExecutionException, InterruptedException {
        ensureTopic();
        Map<String, Object> configuration = new HashMap<>();
        configuration.put("bootstrap.servers", kafka.bootstrapServers());
        configuration.put("partitioner.ignore.keys", key == null);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (String value : values) {
                sent.add(producer.send(new ProducerRecord<>(name, key, value.getBytes(StandardCharsets.UTF_8))));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    Topics topics() {
        return topics;
    }

    String jdbcUrl() {
        return postgres.jdbcUrl();
    }

    void ensureTopic() throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            if (!admin.listTopics().names().get().contains(name)) {
                createTopic(admin);
            }
        }
    }

    /** The trigger may be first: it creates its topic too. */
    void createTopic(Admin admin) {
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)));
        await().atMost(PATIENCE).until(() -> admin.listTopics().names().get().contains(name));
    }

    String state() {
        return ledger.triggers().byName(name).map(it -> it.state()).orElse("");
    }

    String lastError() {
        return ledger.triggers().byName(name).flatMap(it -> it.lastError()).orElse("");
    }

    void awaitRuns(int expected) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .untilAsserted(() -> assertThat(texts("select distinct run_id from reprise.inbox where trigger = ?"))
                        .hasSize(expected));
    }

    void awaitPosition(long expected) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .untilAsserted(() -> assertThat(
                                texts("select sum(next_offset)::text from reprise.trigger_position where trigger = ?"))
                        .containsExactly(Long.toString(expected)));
    }

    /** Does to the trigger's rows what no program does. */
    void change(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            statement.executeUpdate();
        }
    }

    /** What the statement finds for the trigger. */
    List<String> texts(String sql) throws SQLException {
        return texts(sql, name);
    }

    List<String> texts(String sql, String trigger) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, trigger);
            try (ResultSet found = statement.executeQuery()) {
                List<String> texts = new ArrayList<>();
                while (found.next()) {
                    texts.add(String.valueOf(found.getString(1)));
                }
                return texts;
            }
        }
    }

    @Override
    public void close() {
        topics.close();
        database.close();
        kafka.close();
        postgres.close();
    }
}
