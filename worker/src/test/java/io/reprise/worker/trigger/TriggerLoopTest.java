package io.reprise.worker.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.db.Ledger;
import io.reprise.db.run.OrderRule;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import io.reprise.worker.shared.Topic;
import io.reprise.worker.shared.Topics;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TriggerLoopTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 3;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static EmbeddedPostgresServer postgres;
    private static EmbeddedKafka kafka;
    private static HikariDataSource database;
    private static Ledger ledger;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger wakes = new AtomicInteger();
    private Topics topics;
    private String name = "";

    @BeforeAll
    static void startServers() {
        postgres = EmbeddedPostgresServer.start(Placement.temporary());
        kafka = EmbeddedKafka.start(Placement.temporary());
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setUsername(EmbeddedPostgresServer.USER);
        pool.setPassword(EmbeddedPostgresServer.PASSWORD);
        pool.setConnectionTimeout(1_000);
        database = new HikariDataSource(pool);
        LedgerMigrations.migrate(database);
        ledger = Ledger.over(database, Clock.systemUTC());
    }

    @AfterAll
    static void stopServers() {
        database.close();
        kafka.close();
        postgres.close();
    }

    @BeforeEach
    void ownTrigger() {
        topics = new Topics(kafka.bootstrapServers());
        name = "letters-" + NUMBER.incrementAndGet();
    }

    @AfterEach
    void closeTopics() {
        topics.close();
    }

    @Test
    void acceptsEveryRecordOnceAndCommitsItsOffsetAfterwards() throws Exception {
        try (TriggerLoop _ = trigger("group")) {
            produce(IntStream.range(0, 100).mapToObj(n -> id(n) + "=x").toList());

            awaitRuns(100);
            assertThat(wakes.get()).isPositive();
            await().atMost(PATIENCE).until(() -> committed("group") == 100);
        }
    }

    @Test
    void takesARepetitionForTheSameRunAndOtherContentForADeadLetter() throws Exception {
        try (TriggerLoop _ = trigger("group")) {
            produce(List.of("a=1", "a=1", "a=2", "b=1"), "one key");

            awaitPosition(4);
        }

        assertThat(texts("select name from reprise.run where source = 'letters' and input in ('\"1\"', '\"2\"') "
                        + "and run_id in (select run_id from reprise.inbox where trigger = ?) order by name"))
                .containsExactly("a", "b");
        assertThat(
                        texts(
                                "select code || ' ' || convert_from(record_value, 'UTF8') from reprise.dead_letter where trigger = ?"))
                .containsExactly("conflict a=2");
    }

    @Test
    void poisonAtAnyPlaceOfABatchStopsNothing() throws Exception {
        int size = 6;
        try (TriggerLoop _ = trigger("group")) {
            for (int place = 0; place < size; place++) {
                List<String> batch = new ArrayList<>();
                for (int n = 0; n < size; n++) {
                    batch.add(n == place ? Letters.POISON : id(place * size + n) + "=x");
                }
                produce(batch, "one key");
            }

            awaitRuns(size * (size - 1));
        }

        assertThat(texts(
                        "select code || ' ' || convert_from(record_value, 'UTF8') || ' ' || convert_from(record_key, 'UTF8')"
                                + " from reprise.dead_letter where trigger = ?"))
                .hasSize(size)
                .containsOnly("malformed poison one key");
    }

    @Test
    void aConsumerThatBelievesItStillOwnsItsPartitionsTakesNothingTwice() throws Exception {
        long seed = Long.getLong("reprise.seed", System.nanoTime());
        System.out.println("TriggerLoopTest seed " + seed);
        List<String> values = new ArrayList<>(
                IntStream.range(0, 300).mapToObj(n -> id(n % 200) + "=x").toList());
        Collections.shuffle(values, new Random(seed));

        try (TriggerLoop _ = trigger("owner");
                TriggerLoop _ = trigger("zombie")) {
            for (int from = 0; from < values.size(); from += 20) {
                produce(values.subList(from, from + 20));
            }
            awaitPosition(300);
        }

        awaitRuns(200);
        assertThat(texts("select count(*)::text from reprise.inbox where trigger = ?"))
                .containsExactly("300");
        assertThat(texts("select code from reprise.dead_letter where trigger = ?"))
                .isEmpty();
    }

    @Test
    void goesOnWhereTheLedgerStandsWhenItsCommitsWereLost() throws Exception {
        try (TriggerLoop _ = trigger("group")) {
            produce(IntStream.range(0, 30).mapToObj(n -> id(n) + "=x").toList());
            awaitRuns(30);
        }
        try (Admin admin = admin()) {
            admin.deleteConsumerGroups(List.of("group." + name)).all().get();
        }

        try (TriggerLoop _ = trigger("group")) {
            produce(IntStream.range(30, 40).mapToObj(n -> id(n) + "=x").toList());
            awaitRuns(40);
        }

        assertThat(texts("select count(*)::text from reprise.inbox where trigger = ?"))
                .containsExactly("40");
    }

    @Test
    void aTopicThatWasCreatedAgainIsReadFromItsBeginning() throws Exception {
        try (TriggerLoop _ = trigger("group");
                Admin admin = admin()) {
            produce(List.of("c" + name + "=x", "d" + name + "=x"), "one key");
            awaitPosition(2);

            admin.deleteTopics(List.of(name)).all().get();
            await().atMost(PATIENCE)
                    .until(() -> !admin.listTopics().names().get().contains(name));
            createTopic(admin);
            produce(List.of("e" + name + "=x"), "one key");

            awaitRuns(3);
        }

        assertThat(texts("select distinct topic_id from reprise.inbox where trigger = ?"))
                .hasSize(2);
    }

    @Test
    void anOperatorPausesAndResumesItAndSeesItsLag() throws Exception {
        try (TriggerLoop _ = trigger("group")) {
            produce(List.of(id(0) + "=x"));
            awaitRuns(1);

            ledger.triggers().pause(name, "to test", "tester");
            await().atMost(PATIENCE).until(() -> state().equals("PAUSED"));
            produce(IntStream.range(1, 8).mapToObj(n -> id(n) + "=x").toList());

            await().atMost(PATIENCE)
                    .until(() ->
                            meters.get("reprise_trigger_lag_records").gauge().value() == 7);
            assertThat(ledger.triggers().byName(name).orElseThrow().lag()).contains("\"lag\"");
            assertThat(texts("select run_id from reprise.inbox where trigger = ?"))
                    .hasSize(1);

            ledger.triggers().resume(name);
            awaitRuns(8);
            await().atMost(PATIENCE).until(() -> state().equals("RUNNING"));
        }
    }

    @Test
    @Tag("slow")
    void keepsItsPlaceWhileTheLedgerIsAway() throws Exception {
        try (TriggerLoop _ = trigger("group")) {
            produce(IntStream.range(0, 20).mapToObj(n -> id(n) + "=x").toList());
            awaitRuns(20);

            postgres.stop();
            produce(IntStream.range(20, 60).mapToObj(n -> id(n) + "=x").toList());
            await().atMost(PATIENCE)
                    .until(() ->
                            meters.get("reprise_trigger_ledger_waits").counter().count() > 2);
            postgres.startAgain();

            awaitRuns(60);
        }

        assertThat(texts("select code from reprise.dead_letter where trigger = ?"))
                .isEmpty();
    }

    @Test
    @Tag("slow")
    void waitsForAKafkaThatIsNotThereYet() throws Exception {
        kafka.stop();
        try (TriggerLoop _ = trigger("group")) {
            await().atMost(PATIENCE).until(() -> state().equals("WAITING_FOR_KAFKA"));

            kafka.startAgain();
            await().atMost(PATIENCE).until(() -> state().equals("RUNNING"));
            produce(List.of(id(0) + "=x"));

            awaitRuns(1);
        }
    }

    private TriggerLoop trigger(String group) {
        TriggerSettings settings = new TriggerSettings(
                name, Topic.of(name, PARTITIONS), group + "." + name, OrderRule.START_ORDER, 20, Duration.ofSeconds(8));
        return TriggerLoop.start(
                settings, kafka.bootstrapServers(), ledger, topics, new Letters(), wakes::incrementAndGet, meters);
    }

    private String id(int number) {
        return name + "-" + number;
    }

    private void produce(List<String> values) throws ExecutionException, InterruptedException {
        send(values, null);
    }

    private void produce(List<String> values, String key) throws ExecutionException, InterruptedException {
        send(values, key.getBytes(StandardCharsets.UTF_8));
    }

    private void send(List<String> values, byte @org.jspecify.annotations.Nullable [] key)
            throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            if (!admin.listTopics().names().get().contains(name)) {
                createTopic(admin);
            }
        }
        Map<String, Object> configuration =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "partitioner.ignore.keys", key == null);
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

    /** The trigger may be first: it creates its topic too. */
    private void createTopic(Admin admin) {
        admin.createTopics(List.of(new NewTopic(name, PARTITIONS, (short) 1)));
        await().atMost(PATIENCE).until(() -> admin.listTopics().names().get().contains(name));
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    private long committed(String group) throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            Map<TopicPartition, org.apache.kafka.clients.consumer.OffsetAndMetadata> offsets =
                    admin.listConsumerGroupOffsets(group + "." + name)
                            .partitionsToOffsetAndMetadata()
                            .get();
            return offsets.values().stream()
                    .mapToLong(org.apache.kafka.clients.consumer.OffsetAndMetadata::offset)
                    .sum();
        }
    }

    private String state() {
        return ledger.triggers().byName(name).map(it -> it.state()).orElse("");
    }

    private void awaitRuns(int expected) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .untilAsserted(() -> assertThat(texts("select distinct run_id from reprise.inbox where trigger = ?"))
                        .hasSize(expected));
    }

    private void awaitPosition(long expected) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .untilAsserted(() -> assertThat(
                                texts("select sum(next_offset)::text from reprise.trigger_position where trigger = ?"))
                        .containsExactly(Long.toString(expected)));
    }

    private List<String> texts(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet found = statement.executeQuery()) {
                List<String> texts = new ArrayList<>();
                while (found.next()) {
                    texts.add(String.valueOf(found.getString(1)));
                }
                return texts;
            }
        }
    }
}
