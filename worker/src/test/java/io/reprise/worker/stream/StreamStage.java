package io.reprise.worker.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.activities.contract.AvroRecords;
import io.reprise.activities.contract.SchemaReference;
import io.reprise.activities.contract.SchemaSource;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.activities.stream.LateRule;
import io.reprise.activities.stream.StormRule;
import io.reprise.activities.stream.StreamAnswers;
import io.reprise.activities.stream.TargetTables;
import io.reprise.activities.stream.TypedRow;
import io.reprise.catalog.contract.Compatibility;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.contract.SchemaVersion;
import io.reprise.catalog.sql.TableName;
import io.reprise.catalog.stream.StreamDefinition;
import io.reprise.db.Ledger;
import io.reprise.db.pipeline.NewCatalog;
import io.reprise.db.pipeline.NewDefinition;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.embedded.EmbeddedKafka;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import io.reprise.worker.shared.Topics;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.stream.BalanceOrder;
import io.reprise.workflows.stream.PlanOrder;
import io.reprise.workflows.stream.StreamBalance;
import io.reprise.workflows.stream.StreamPlan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A warehouse that is also the ledger, a Kafka, a registry of two schemas, and one stream after the other. */
final class StreamStage implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Instant NOON = Instant.parse("2026-11-19T12:00:00Z");

    static final Schema FIRST = schema("""
            {"type":"record","name":"Sale","fields":[
              {"name":"saleId","type":"string"},
              {"name":"happenedAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}]},
              {"name":"quantity","type":"int"}]}""");
    static final Schema SECOND = schema("""
            {"type":"record","name":"Sale","fields":[
              {"name":"saleId","type":"string"},
              {"name":"happenedAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}]},
              {"name":"region","type":"string","default":"EU"},
              {"name":"quantity","type":"long"}]}""");
    static final int FIRST_ID = 1;
    static final int SECOND_ID = 2;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(Placement.temporary());
    private final EmbeddedKafka kafka;
    private final HikariDataSource database;
    private final Ledger ledger;
    private final Topics topics;
    private final Map<Integer, Schema> registry = new HashMap<>(Map.of(FIRST_ID, FIRST, SECOND_ID, SECOND));
    private boolean isRegistryAway;
    private String name = "";

    StreamStage(Placement ofKafka) {
        this.kafka = EmbeddedKafka.start(ofKafka);
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setUsername(EmbeddedPostgresServer.USER);
        pool.setPassword(EmbeddedPostgresServer.PASSWORD);
        pool.setConnectionTimeout(1_000);
        pool.setMaximumPoolSize(12);
        this.database = new HikariDataSource(pool);
        LedgerMigrations.migrate(database);
        KitMigrations.migrate(database);
        this.ledger = Ledger.over(database, Clock.systemUTC());
        this.topics = new Topics(kafka.bootstrapServers());
    }

    private static Schema schema(String text) {
        return new Schema.Parser().parse(text);
    }

    /** A topic and tables that nobody has used. */
    void next(int partitions) {
        name = "sales" + NUMBER.incrementAndGet();
        createTopic(partitions);
    }

    void createTopic(int partitions) {
        try (Admin admin = admin()) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                        .all()
                        .get();
                return true;
            });
        }
    }

    String name() {
        return name;
    }

    Ledger ledger() {
        return ledger;
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    EmbeddedPostgresServer postgres() {
        return postgres;
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    synchronized void register(int id, Schema schema) {
        registry.put(id, schema);
    }

    synchronized void registryIsAway(boolean away) {
        isRegistryAway = away;
    }

    private synchronized SchemaSource.Answer resolve(SchemaReference reference) {
        if (isRegistryAway) {
            return new SchemaSource.Answer.Away("nobody answers");
        }
        return reference instanceof SchemaReference.ById(int id) && registry.containsKey(id)
                ? new SchemaSource.Answer.Found(registry.get(id))
                : new SchemaSource.Answer.Unknown("no schema has " + reference);
    }

    /** As most streams are: typed, and late records mark their day. */
    StreamSettings settings() {
        return settings(LateRule.Policy.MARK_DAY, new StormRule(100, 1_000_000), "group");
    }

    StreamSettings settings(LateRule.Policy late, StormRule storms, String group) {
        return settings(late, storms, group, Duration.ofSeconds(1), true, false);
    }

    /** Waits longer for a schema than a test does. */
    StreamSettings patientSettings() {
        return settings(
                LateRule.Policy.MARK_DAY,
                new StormRule(100, 1_000_000),
                "group",
                PATIENCE.multipliedBy(2),
                true,
                false);
    }

    StreamSettings settingsFromEnd() {
        return settings(
                LateRule.Policy.MARK_DAY, new StormRule(100, 1_000_000), "group", Duration.ofSeconds(1), true, true);
    }

    /** Stops where Kafka deleted records before they were loaded. */
    StreamSettings settingsThatStopAtLoss() {
        return settings(
                LateRule.Policy.MARK_DAY, new StormRule(100, 1_000_000), "group", Duration.ofSeconds(1), false, false);
    }

    private StreamSettings settings(
            LateRule.Policy late,
            StormRule storms,
            String group,
            Duration unknownSchema,
            boolean goOnBehindLoss,
            boolean fromEnd) {
        return new StreamSettings(
                name,
                name,
                group + "." + name,
                "warehouse",
                () -> new TargetTables(
                        TableName.of("raw", name),
                        Optional.of(TableName.of("mart", name)),
                        Optional.of(TypedRow.of(SECOND, Optional.of("happenedAt")))),
                new LateRule(Duration.ofMinutes(10), late),
                storms,
                new StreamSettings.BatchLimits(500, 1_000_000, Duration.ofMillis(100)),
                Optional.empty(),
                unknownSchema,
                goOnBehindLoss,
                fromEnd,
                Duration.ofSeconds(8));
    }

    void configure(String key, String value) throws ExecutionException, InterruptedException {
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, name), List.of(set)))
                    .all()
                    .get();
        }
    }

    void addPartitions(int all) throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            admin.createPartitions(Map.of(name, NewPartitions.increaseTo(all)))
                    .all()
                    .get();
        }
    }

    StreamLoop load() {
        return load(settings());
    }

    /** Replays dead letters that are asked for. */
    StreamReplays replay() {
        return new StreamReplays(settings(), surroundings(), database::getConnection);
    }

    /** As somebody with the stream in their catalog would be answered. */
    StreamBalance balance() {
        return answers().balance(new BalanceOrder("warehouse", name));
    }

    StreamPlan plan() {
        return answers()
                .plan(new PlanOrder("warehouse", definition().json(), contract().json()));
    }

    private StreamAnswers answers() {
        apply(definition(), contract());
        return new StreamAnswers(
                database::getConnection,
                kafka.bootstrapServers(),
                this::resolve,
                ledger,
                Clock.systemUTC(),
                () -> doing -> {});
    }

    private StreamDefinition definition() {
        return new StreamDefinition(
                new Name(name),
                Optional.empty(),
                Optional.empty(),
                name,
                "group." + name,
                Optional.of(new Name(name)),
                Optional.of("happenedAt"),
                new Name("warehouse"),
                TableName.of("raw", name),
                Optional.of(TableName.of("mart", name)),
                Duration.ofMinutes(10),
                StreamDefinition.Late.MARK_DAY,
                StreamDefinition.Lost.CONTINUE,
                StreamDefinition.StartAt.EARLIEST,
                500,
                Duration.ofMillis(100),
                Optional.empty(),
                50,
                100,
                Duration.ofSeconds(1));
    }

    private ContractDefinition contract() {
        return new ContractDefinition(
                new Name(name),
                name,
                Optional.empty(),
                Optional.empty(),
                Compatibility.BACKWARD,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(new SchemaVersion(1, SECOND.toString())));
    }

    private void apply(StreamDefinition stream, ContractDefinition contract) {
        ledger.definitions()
                .apply(
                        new NewCatalog(
                                List.of(
                                        new NewDefinition("stream", name, stream.json()),
                                        new NewDefinition("contract", name, contract.json())),
                                List.of()),
                        "ann",
                        OptionalLong.empty());
    }

    void askForReplays() throws SQLException {
        texts("select dead_letter_id from reprise.dead_letter where status = 'OPEN' and trigger = 'stream/" + name
                        + "'")
                .forEach(id -> ledger.deadLetters().ask(id, "ann"));
    }

    private StreamSurroundings surroundings() {
        return new StreamSurroundings(
                kafka.bootstrapServers(), topics, this::resolve, ledger, Clock.systemUTC(), new SimpleMeterRegistry());
    }

    StreamLoop load(StreamSettings settings) {
        return StreamLoop.start(settings, surroundings(), database::getConnection);
    }

    byte[] sale(int number) {
        return sale(number, NOON.plusSeconds(number));
    }

    /** A sale as the first version of the contract has it. */
    byte[] sale(int number, @Nullable Instant at) {
        return AvroRecords.write(
                new SchemaReference.ById(FIRST_ID),
                FIRST,
                new GenericRecordBuilder(FIRST)
                        .set("saleId", "s-" + number)
                        .set("happenedAt", at == null ? null : at.toEpochMilli())
                        .set("quantity", number)
                        .build());
    }

    void produce(List<byte[]> values) throws ExecutionException, InterruptedException {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (byte[] value : values) {
            records.add(new ProducerRecord<>(name, value));
        }
        send(records, Map.of());
    }

    void send(List<ProducerRecord<byte[], byte[]>> records, Map<String, Object> more)
            throws ExecutionException, InterruptedException {
        Map<String, Object> configuration = new HashMap<>(more);
        configuration.put("bootstrap.servers", kafka.bootstrapServers());
        configuration.put("max.request.size", 8_000_000);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    /** Waits until all that was committed is accounted for. */
    void awaitAll(long committed) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .untilAsserted(() -> assertThat(number("""
                        select coalesce(sum(loaded + late + aside + dropped + filtered + tombstones + dead), 0)
                        from reprise_kit.stream_count where stream = '%s'""".formatted(name))).isEqualTo(committed));
    }

    /** How many committed records Kafka has of the first partition. */
    long committed() {
        TopicPartition first = new TopicPartition(name, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(first));
            consumer.seekToBeginning(List.of(first));
            long end = consumer.endOffsets(List.of(first)).getOrDefault(first, 0L);
            long found = 0;
            while (consumer.position(first) < end) {
                found += consumer.poll(Duration.ofMillis(500)).count();
            }
            return found;
        }
    }

    /** Waits until as much is accounted for as Kafka has. */
    void awaitCaughtUp() {
        awaitAll(committed());
    }

    void awaitState(String word) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ledger.streams().byName(name))
                        .hasValueSatisfying(state -> assertThat(state.state()).isEqualTo(word)));
    }

    long number(String query) throws SQLException {
        return Long.parseLong(text(query));
    }

    String text(String query) throws SQLException {
        return String.join("|", texts(query));
    }

    List<String> texts(String query) throws SQLException {
        try (Connection open = database.getConnection();
                Statement statement = open.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(String.valueOf(rows.getString(1)));
            }
            return texts;
        }
    }

    void execute(String statement) throws SQLException {
        try (Connection open = database.getConnection();
                Statement execute = open.createStatement()) {
            execute.execute(statement);
        }
    }

    @Override
    public void close() {
        topics.close();
        kafka.close();
        database.close();
        postgres.close();
    }
}
