package io.reprise.worker.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class OutboxRelayTest {

    private static final int SHARDS = 4;
    private static final int LARGEST = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static EmbeddedPostgresServer postgres;
    private static EmbeddedKafka kafka;
    private static HikariDataSource database;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private String topic = "";

    @BeforeAll
    static void startServers() {
        postgres = EmbeddedPostgresServer.start(Placement.temporary());
        kafka = EmbeddedKafka.start(Placement.temporary());
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setUsername(EmbeddedPostgresServer.USER);
        pool.setPassword(EmbeddedPostgresServer.PASSWORD);
        pool.setMaximumPoolSize(20);
        database = new HikariDataSource(pool);
        KitMigrations.migrate(database);
    }

    @AfterAll
    static void stopServers() {
        database.close();
        kafka.close();
        postgres.close();
    }

    @BeforeEach
    void emptyOutboxAndOwnTopic() throws Exception {
        execute("truncate reprise_kit.outbox, reprise_kit.outbox_shard, reprise_kit.outbox_relay");
        topic = "test.events." + UUID.randomUUID();
        createTopic(topic);
    }

    private static void createTopic(String name) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            NewTopic wanted =
                    new NewTopic(name, 4, (short) 1).configs(Map.of("max.message.bytes", Integer.toString(LARGEST)));
            admin.createTopics(List.of(wanted)).all().get();
        }
    }

    @Test
    void sendsEveryEventInVersionOrderOfItsKeyAndForgetsItAfterTheAcknowledgement() throws SQLException {
        for (int version = 1; version <= 50; version++) {
            for (String key : List.of("a", "b", "c", "d", "e")) {
                emit(key, version, "x");
            }
        }

        try (OutboxRelay _ = relay("one", database)) {
            awaitEmptyOutbox();
        }

        assertVersionsByKey(Map.of("a", 50, "b", 50, "c", 50, "d", 50, "e", 50));
        assertThat(meters.counter("reprise_outbox_sent_records").count()).isEqualTo(250);
    }

    @Test
    void countsALargeOutboxOnlySoFar() throws SQLException {
        for (int version = 1; version <= 5; version++) {
            emit("a", version, "x");
        }
        execute("update reprise_kit.outbox set blocked_until = now() where version = 1");
        OutboxRows outbox = new OutboxRows(database);

        assertThat(outbox.waiting(3)).isEqualTo(new OutboxRows.Waiting(3, 1));
        assertThat(outbox.waiting(10)).isEqualTo(new OutboxRows.Waiting(5, 1));
    }

    @Test
    void anEventThatTheBrokerRefusesHoldsBackItsKeyOnly() throws SQLException {
        emit("big", 1, "x");
        emit("big", 2, "x".repeat(2 * LARGEST));
        emit("big", 3, "x");
        emit("small", 1, "x");
        emit("small", 2, "x");

        try (OutboxRelay _ = relay("one", database)) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(waiting()).containsExactly("big 2", "big 3"));
            await().atMost(PATIENCE)
                    .until(() ->
                            meters.get("reprise_outbox_blocked_keys").gauge().value() == 1);
            assertThat(meters.counter("reprise_outbox_failed_sends").count()).isPositive();
            assertThat(text("select last_error from reprise_kit.outbox where version = 2"))
                    .contains("RecordTooLargeException");

            execute("update reprise_kit.outbox set payload = event_id || ' x', blocked_until = null where version = 2");
            awaitEmptyOutbox();
        }

        assertThat(read().stream().filter(record -> record.key().equals("big")).map(OutboxRelayTest::version))
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void aTopicThatIsMissingHoldsBackTheKeysOfItsEventsOnly() throws Exception {
        String missing = topic + ".missing";
        List<String> ofOneShard = List.of("a", "e", "i");
        for (String key : ofOneShard) {
            emit(topic, key, 1, "x");
            emit(missing, key, 2, "x");
            emit(topic, key, 3, "x");
        }
        emit("m", 1, "x");

        try (OutboxRelay _ = relay("one", database)) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(waiting()).containsExactly("a 2", "a 3", "e 2", "e 3", "i 2", "i 3"));
            assertThat(text("select string_agg(last_error, ' ') from reprise_kit.outbox where version = 2"))
                    .contains(missing);
            emit("m", 2, "x");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(waiting()).doesNotContain("m 2"));

            createTopic(missing);
            awaitEmptyOutbox();
        }

        for (String key : ofOneShard) {
            assertThat(read().stream()
                            .filter(record -> record.key().equals(key))
                            .map(OutboxRelayTest::version))
                    .containsExactly(1L, 3L);
        }
    }

    @Test
    void relaysShareTheShardsAndTakeOverThoseOfOneThatLeaves() throws SQLException {
        try (OutboxRelay _ = relay("one", database)) {
            awaitShards("one", SHARDS);
            try (OutboxRelay _ = relay("two", database)) {
                awaitShards("one", SHARDS / 2);
                awaitShards("two", SHARDS / 2);
            }
            awaitShards("one", SHARDS);
        }
        awaitShards("one", 0);
    }

    @Test
    void aStoppingRelayFlushesWhatWasCommittedBeforeIt() throws SQLException {
        OutboxRelay relay = relay("one", database);
        awaitShards("one", SHARDS);
        IntStream.rangeClosed(1, 500).forEach(version -> emit("k" + version % 7, version, "x"));

        relay.close();

        assertThat(waiting()).isEmpty();
        assertThat(read()).hasSize(500);
    }

    @Test
    void losesNothingAndKeepsTheOrderOfEachKeyThroughZombiesKillsAndABrokerRestart() throws Exception {
        long seed = Long.getLong("reprise.seed", System.nanoTime());
        System.out.println("OutboxRelayTest seed " + seed);
        TiredDatabase zombies = new TiredDatabase(database);
        TiredDatabase killeds = new TiredDatabase(database);
        AtomicBoolean stopped = new AtomicBoolean();
        Map<String, Integer> written = new TreeMap<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread writer = Thread.ofVirtual().start(() -> {
            Random random = new Random(seed);
            try {
                while (!stopped.get()) {
                    String key = "k" + random.nextInt(40);
                    emit(key, written.merge(key, 1, Integer::sum), "x");
                }
            } catch (RuntimeException e) {
                failure.set(e);
            }
        });

        try (OutboxRelay _ = relay("zombie", zombies);
                OutboxRelay _ = relay("killed", killeds)) {
            awaitShards("zombie", SHARDS / 2);
            awaitShards("killed", SHARDS / 2);
            zombies.freeze();
            awaitShards("killed", SHARDS);
            zombies.thaw();
            awaitShards("zombie", SHARDS / 2);
            try (OutboxRelay _ = relay("last", database)) {
                killeds.die();
                awaitShards("killed", 0);
                kafka.stop();
                kafka.startAgain();
                zombies.freeze();
                awaitShards("last", SHARDS);
                zombies.thaw();
                awaitShards("zombie", SHARDS / 2);
                stopped.set(true);
                writer.join();
                awaitEmptyOutbox();
            }
        }

        assertThat(failure.get()).isNull();
        assertVersionsByKey(written);
    }

    private OutboxRelay relay(String name, javax.sql.DataSource over) {
        OutboxSettings settings = new OutboxSettings(
                "test",
                SHARDS,
                50,
                Duration.ofMillis(20),
                Duration.ofSeconds(2),
                Duration.ofSeconds(9),
                Duration.ofSeconds(10));
        return OutboxRelay.start(settings, name, over, kafka.bootstrapServers(), meters);
    }

    private void emit(String key, long version, String filling) {
        emit(topic, key, version, filling);
    }

    private static void emit(String topic, String key, long version, String filling) {
        String eventId = topic + ":" + key + ":" + version;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        insert into reprise_kit.outbox (shard, topic, key, version, event_id, payload)
                        values (?, ?, ?, ?, ?, ?)""")) {
            statement.setInt(1, Math.floorMod(key.hashCode(), SHARDS));
            statement.setString(2, topic);
            statement.setString(3, key);
            statement.setLong(4, version);
            statement.setString(5, eventId);
            statement.setString(6, eventId + " " + filling);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot emit " + eventId, e);
        }
    }

    private void awaitEmptyOutbox() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(waiting()).isEmpty());
    }

    private static void awaitShards(String relay, int expected) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                text("select count(*) from reprise_kit.outbox_shard where relay_id = '" + relay + "'"))
                        .isEqualTo(Integer.toString(expected)));
    }

    private static List<String> waiting() {
        return texts("select key || ' ' || version from reprise_kit.outbox order by key, version");
    }

    /** Repeats carry the event id of the first; without them, versions are complete and ascending for each key. */
    private void assertVersionsByKey(Map<String, Integer> expected) {
        Map<String, List<Long>> versions = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (ConsumerRecord<String, String> record : read()) {
            String eventId = record.value().substring(0, record.value().indexOf(' '));
            if (seen.add(eventId)) {
                versions.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(version(record));
            }
        }
        assertThat(versions.keySet()).isEqualTo(expected.keySet());
        versions.forEach((key, found) -> assertThat(found)
                .as("versions of %s", key)
                .containsExactlyElementsOf(java.util.stream.LongStream.rangeClosed(1, expected.getOrDefault(key, 0))
                        .boxed()
                        .toList()));
    }

    private static long version(ConsumerRecord<String, String> record) {
        String eventId = record.value().substring(0, record.value().indexOf(' '));
        return Long.parseLong(eventId.substring(eventId.lastIndexOf(':') + 1));
    }

    private List<ConsumerRecord<String, String>> read() {
        Map<String, Object> configuration =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed");
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(configuration, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, partition.partition()));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private static String text(String sql) {
        return texts(sql).getFirst();
    }

    private static List<String> texts(String sql) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet found = statement.executeQuery()) {
            List<String> texts = new ArrayList<>();
            while (found.next()) {
                texts.add(found.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot execute " + sql, e);
        }
    }
}
