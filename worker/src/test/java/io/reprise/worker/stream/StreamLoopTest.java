package io.reprise.worker.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reprise.activities.contract.AvroRecords;
import io.reprise.activities.contract.SchemaReference;
import io.reprise.activities.stream.LateRule;
import io.reprise.activities.stream.StormRule;
import io.reprise.db.stream.GoOnFrom;
import io.reprise.db.stream.StreamResumed;
import io.reprise.embedded.Placement;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StreamLoopTest {

    private static StreamStage stage;

    @BeforeAll
    static void start() {
        stage = new StreamStage(Placement.temporary());
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void loadsBytesAndFieldsOfEachRecordOnceWithWhereItCameFrom() throws Exception {
        stage.next(3);
        stage.produce(sales(0, 2_000));

        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(2_000);
        }

        String raw = "raw." + stage.name();
        String typed = "mart." + stage.name();
        assertThat(stage.number("select count(distinct (k_topic, k_log, k_part, k_off)) from " + raw))
                .isEqualTo(stage.number("select count(*) from " + raw))
                .isEqualTo(2_000);
        assertThat(stage.number("select count(distinct sale_id) from " + typed)).isEqualTo(2_000);
        assertThat(stage.number("select sum(quantity) from " + typed)).isEqualTo(1_999_000);
        assertThat(stage.text("select distinct region from " + typed)).isEqualTo("EU");
        assertThat(stage.text("select distinct schema_id from " + raw)).isEqualTo("1");
        assertThat(stage.text("select happened_at at time zone 'UTC' || ' ' || event_day from " + typed
                        + " where sale_id = 's-7'"))
                .isEqualTo("2026-11-19 12:00:07 2026-11-19");
        assertThat(stage.number("select count(*) from " + raw + " r join " + typed
                        + " t using (k_topic, k_log, k_part, k_off, row_hash, event_day)"))
                .isEqualTo(2_000);
    }

    @Test
    void accountsForPoisonAtEveryPlaceOfABatchAndGoesOn() throws Exception {
        stage.next(1);
        List<byte[]> values = new ArrayList<>(sales(0, 300));
        List<Integer> places = List.of(0, 1, 77, 150, 299);
        byte[] cut = stage.sale(7);
        List<byte[]> poison = List.of(
                "no avro".getBytes(StandardCharsets.UTF_8),
                new byte[0],
                new byte[] {0, 0, 0},
                Arrays.copyOf(cut, cut.length - 1),
                Arrays.copyOf(cut, cut.length + 1));
        for (int n = 0; n < places.size(); n++) {
            values.set(places.get(n), poison.get(n));
        }
        stage.produce(values);

        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(300);
        }

        assertThat(stage.number("select count(*) from raw." + stage.name())).isEqualTo(295);
        assertThat(stage.number("select sum(dead) from reprise_kit.stream_count where stream = '" + stage.name() + "'"))
                .isEqualTo(5);
        assertThat(stage.texts("select record_offset || ' ' || code from reprise.dead_letter where trigger = 'stream/"
                        + stage.name() + "' order by record_offset"))
                .containsExactly("0 unframed", "1 unframed", "77 unframed", "150 malformed", "299 malformed");
    }

    @Test
    void buriesWhatOnlyTheDatabaseRefuses() throws Exception {
        stage.next(2);
        stage.produce(sales(0, 400));
        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(400);
        }
        stage.execute("alter table mart." + stage.name() + " add check (quantity not in (1000, 1003, 1399))");

        stage.produce(sales(1_000, 400));
        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(800);
        }

        assertThat(stage.number("select count(*) from mart." + stage.name())).isEqualTo(797);
        assertThat(stage.number("select count(*) from raw." + stage.name())).isEqualTo(797);
        assertThat(stage.texts("select distinct fingerprint from reprise.dead_letter where trigger = 'stream/"
                        + stage.name() + "'"))
                .containsExactly("refused-by-database:23514");
    }

    @Test
    void countsTombstonesAndLoadsLargeRecordsAndNullKeys() throws Exception {
        stage.next(1);
        stage.execute("create schema if not exists mart");
        stage.configure("max.message.bytes", "8000000");
        byte[] large = AvroRecords.write(
                new SchemaReference.ById(StreamStage.FIRST_ID),
                StreamStage.FIRST,
                new GenericRecordBuilder(StreamStage.FIRST)
                        .set("saleId", "x".repeat(5_000_000))
                        .set("happenedAt", StreamStage.NOON.toEpochMilli())
                        .set("quantity", 1)
                        .build());
        stage.send(
                List.of(
                        new ProducerRecord<>(stage.name(), "key".getBytes(StandardCharsets.UTF_8), null),
                        new ProducerRecord<>(stage.name(), large),
                        new ProducerRecord<>(stage.name(), stage.sale(3))),
                Map.of());

        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(3);
        }

        assertThat(stage.text(
                        "select sum(tombstones) || ' ' || sum(loaded) from reprise_kit.stream_count where stream = '"
                                + stage.name() + "'"))
                .isEqualTo("1 2");
        assertThat(stage.number("select max(length(k_value)) from raw." + stage.name()))
                .isEqualTo(large.length);
    }

    @Test
    void goesPastAbortedRecordsAndTheMarksOfTransactions() throws Exception {
        stage.next(1);
        Map<String, Object> configuration =
                Map.of("bootstrap.servers", stage.kafka().bootstrapServers(), "transactional.id", "t." + stage.name());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (byte[] sale : sales(0, 10)) {
                var _ = producer.send(new ProducerRecord<>(stage.name(), sale));
            }
            producer.commitTransaction();
            producer.beginTransaction();
            for (byte[] sale : sales(100, 10)) {
                var _ = producer.send(new ProducerRecord<>(stage.name(), sale));
            }
            producer.flush();
            producer.abortTransaction();
        }

        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(10);
            await().atMost(StreamStage.PATIENCE)
                    .untilAsserted(() -> assertThat(checkpoint()).isEqualTo(22));
        }

        assertThat(stage.number("select max(quantity) from mart." + stage.name()))
                .isEqualTo(9);
    }

    @Test
    void countsLateRecordsAndDoesWithThemWhatTheRuleSays() throws Exception {
        for (LateRule.Policy policy : LateRule.Policy.values()) {
            stage.next(1);
            stage.produce(List.of(
                    stage.sale(1),
                    stage.sale(2, StreamStage.NOON.plus(Duration.ofHours(12))),
                    stage.sale(3),
                    stage.sale(4, StreamStage.NOON.plus(Duration.ofHours(13))),
                    stage.sale(5)));

            try (StreamLoop _ = stage.load(stage.settings(policy, new StormRule(100, 1_000_000), "group"))) {
                stage.awaitAll(5);
            }

            String late = stage.text(
                    "select sum(late) || ' ' || sum(aside) || ' ' || sum(dropped) || ' ' || sum(loaded) || ' '"
                            + " || count(late_at) from reprise_kit.stream_count where stream = '" + stage.name() + "'");
            String rows = stage.text("select (select count(*) from mart." + stage.name() + ") || ' '"
                    + " || (select count(*) from raw." + stage.name() + ") || ' ' || (select count(*) from raw."
                    + stage.name() + "_late)");
            switch (policy) {
                case MARK_DAY -> assertThat(late + ", " + rows).isEqualTo("1 0 0 4 1, 5 5 0");
                case SIDE_TABLE -> assertThat(late + ", " + rows).isEqualTo("0 1 0 4 1, 4 4 1");
                case DROP_COUNTED -> assertThat(late + ", " + rows).isEqualTo("0 0 1 4 1, 4 4 0");
            }
        }
    }

    @Test
    void waitsForARegistryAndBuriesWhatNoRegistryKnows() throws Exception {
        stage.next(1);
        byte[] unknown = stage.sale(2);
        unknown[4] = 99;
        stage.produce(List.of(stage.sale(1), unknown, stage.sale(3)));
        stage.registryIsAway(true);

        try (StreamLoop _ = stage.load()) {
            stage.awaitState("WAITING_FOR_REGISTRY");
            assertThat(stage.number(
                            "select count(*) from reprise.dead_letter where trigger = 'stream/" + stage.name() + "'"))
                    .isZero();
            stage.registryIsAway(false);
            stage.awaitAll(3);
        }

        assertThat(stage.text("select code || ' ' || record_offset from reprise.dead_letter where trigger = 'stream/"
                        + stage.name() + "'"))
                .isEqualTo("unknown-schema 1");
        assertThat(stage.number("select count(*) from mart." + stage.name())).isEqualTo(2);
    }

    @Test
    void loadsTheRestWhileOnePartitionWaitsForItsSchema() throws Exception {
        stage.next(2);
        byte[] unknown = stage.sale(2);
        unknown[4] = 98;
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        records.add(new ProducerRecord<>(stage.name(), 0, null, stage.sale(1)));
        records.add(new ProducerRecord<>(stage.name(), 0, null, unknown));
        records.add(new ProducerRecord<>(stage.name(), 0, null, stage.sale(3)));
        sales(10, 100).forEach(sale -> records.add(new ProducerRecord<>(stage.name(), 1, null, sale)));
        stage.send(records, Map.of());
        stage.registryIsAway(true);

        try (StreamLoop _ = stage.load(stage.patientSettings())) {
            stage.awaitState("WAITING_FOR_REGISTRY");
            stage.registryIsAway(false);
            stage.awaitAll(101);
            stage.awaitState("WAITING_FOR_SCHEMA");
            stage.register(98, StreamStage.FIRST);
            stage.awaitAll(103);
            stage.awaitState("RUNNING");
        }

        assertThat(stage.number("select count(*) from mart." + stage.name())).isEqualTo(103);
    }

    @Test
    void waitsForManyUnknownSchemasAtTheSameTime() throws Exception {
        stage.next(1);
        List<byte[]> values = new ArrayList<>(sales(0, 50));
        for (int n = 0; n < 40; n++) {
            byte[] unknown = stage.sale(n);
            unknown[3] = (byte) (n + 1);
            values.add(unknown);
        }
        stage.produce(values);

        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(90);
        }

        assertThat(stage.number("select count(*) from mart." + stage.name())).isEqualTo(50);
    }

    @Test
    void makesAgainWhatSomebodyDroppedWhileItWasLoading() throws Exception {
        stage.next(1);
        try (StreamLoop _ = stage.load()) {
            stage.produce(sales(0, 10));
            stage.awaitAll(10);
            stage.execute("alter table mart." + stage.name() + " drop column region");
            stage.produce(sales(10, 10));
            stage.awaitAll(20);
        }

        assertThat(stage.number("select count(region) from mart." + stage.name()))
                .isEqualTo(10);
    }

    @Test
    void refusesNoDayToTheOthersBecauseOneClockIsAYearAhead() throws Exception {
        stage.next(1);
        stage.configure(
                "message.timestamp.after.max.ms",
                String.valueOf(Duration.ofDays(1_000).toMillis()));
        Instant ahead = Instant.now().plus(Duration.ofDays(365));
        stage.send(
                List.of(
                        new ProducerRecord<>(stage.name(), 0, ahead.toEpochMilli(), null, stage.sale(1, ahead)),
                        new ProducerRecord<>(stage.name(), 0, null, null, stage.sale(2, Instant.now()))),
                Map.of());

        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(2);
        }

        assertThat(stage.number("select sum(late) from reprise_kit.stream_count where stream = '" + stage.name() + "'"))
                .isZero();
    }

    @Test
    void beginsWithTheNewestOnlyWhereItHasNeverBeenAnywhere() throws Exception {
        stage.next(1);
        stage.produce(sales(0, 10));
        try (StreamLoop _ = stage.load(stage.settingsFromEnd())) {
            await().atMost(StreamStage.PATIENCE)
                    .untilAsserted(() -> assertThat(checkpoint()).isEqualTo(10));
            stage.addPartitions(2);
            stage.send(
                    List.of(
                            new ProducerRecord<>(stage.name(), 0, null, stage.sale(20)),
                            new ProducerRecord<>(stage.name(), 1, null, stage.sale(21))),
                    Map.of());
            stage.awaitAll(2);
        }

        assertThat(stage.texts("select sale_id from mart." + stage.name() + " order by 1"))
                .containsExactly("s-20", "s-21");
    }

    @Test
    void countsAStormAgainstWhatWasLoadedNotAgainstWhatWasTried() throws Exception {
        stage.next(1);
        stage.produce(sales(0, 20));
        StreamSettings settings = stage.settings(LateRule.Policy.MARK_DAY, new StormRule(50, 100), "group");
        try (StreamLoop _ = stage.load(settings)) {
            stage.awaitAll(20);
            stage.execute("alter table mart." + stage.name() + " add check (quantity < 1000)");
            stage.produce(sales(1_000, 450));
            stage.awaitState("STOPPED");
        }

        assertThat(stage.number(
                        "select count(*) from reprise.dead_letter where trigger = 'stream/" + stage.name() + "'"))
                .isBetween(1L, 100L);
        assertThat(stage.ledger().streams().byName(stage.name()).orElseThrow().stopReason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("became dead letters", "dlq list"));
    }

    @Test
    void refusesToReadMillisecondsAsMicroseconds() throws Exception {
        stage.next(1);
        Schema micros =
                new Schema.Parser().parse(StreamStage.FIRST.toString().replace("timestamp-millis", "timestamp-micros"));
        stage.register(7, micros);
        byte[] other = stage.sale(1);
        other[4] = 7;
        stage.produce(List.of(other, stage.sale(2)));

        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(2);
        }

        assertThat(stage.text(
                        "select fingerprint from reprise.dead_letter where trigger = 'stream/" + stage.name() + "'"))
                .isEqualTo("unit-changed:happenedAt");
    }

    @Test
    void stopsInAStormOfDeadLettersAndGoesOnWhenSomebodyLooked() throws Exception {
        stage.next(1);
        List<byte[]> values = new ArrayList<>(sales(0, 50));
        IntStream.range(0, 50).forEach(n -> values.add(("junk" + n).getBytes(StandardCharsets.UTF_8)));
        stage.produce(values);

        try (StreamLoop _ = stage.load(stage.settings(LateRule.Policy.MARK_DAY, new StormRule(20, 50), "group"))) {
            stage.awaitState("STOPPED");
            assertThat(stage.ledger()
                            .streams()
                            .byName(stage.name())
                            .orElseThrow()
                            .stopReason())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("50 of 100 records"));
            assertThat(stage.number(
                            "select count(*) from reprise.dead_letter where trigger = 'stream/" + stage.name() + "'"))
                    .isZero();
            assertThat(stage.ledger().streams().resume(stage.name(), Optional.empty()))
                    .isInstanceOf(StreamResumed.GoesOn.class);
            stage.awaitAll(100);
        }
        assertThat(stage.number("select count(*) from mart." + stage.name())).isEqualTo(50);
    }

    @Test
    void stopsBeforeACheckpointThatIsOlderThanItsTable() throws Exception {
        stage.next(1);
        stage.produce(sales(0, 100));
        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(100);
        }
        stage.execute(
                "update reprise_kit.stream_checkpoint set next_offset = 40, last_offset = null, last_digest = null"
                        + " where stream = '" + stage.name() + "'");
        stage.produce(sales(100, 10));

        try (StreamLoop _ = stage.load()) {
            stage.awaitState("STOPPED");
            assertThat(stage.ledger()
                            .streams()
                            .byName(stage.name())
                            .orElseThrow()
                            .stopReason())
                    .hasValueSatisfying(reason ->
                            assertThat(reason).contains("older than the table", "up to offset 99", "--from table"));
            assertThat(stage.ledger().streams().resume(stage.name(), Optional.empty()))
                    .isInstanceOf(StreamResumed.Undecided.class);
            assertThat(stage.number("select count(*) from raw." + stage.name())).isEqualTo(100);

            stage.ledger().streams().resume(stage.name(), Optional.of(GoOnFrom.TABLE));
            stage.awaitAll(110);
        }

        assertThat(stage.number("select count(distinct k_off) from raw." + stage.name()))
                .isEqualTo(110);
    }

    @Test
    void loadsEachRecordOnceThoughTwoBelieveForeverThatAllPartitionsAreTheirs() throws Exception {
        stage.next(4);
        StreamSettings one = stage.settings(LateRule.Policy.MARK_DAY, new StormRule(100, 1_000_000), "one");
        StreamSettings other = stage.settings(LateRule.Policy.MARK_DAY, new StormRule(100, 1_000_000), "other");

        try (StreamLoop _ = stage.load(one);
                StreamLoop _ = stage.load(other)) {
            for (int round = 0; round < 10; round++) {
                stage.produce(sales(round * 2_000, 2_000));
            }
            stage.awaitAll(20_000);
        }

        assertThat(stage.number("select count(distinct sale_id) from mart." + stage.name()))
                .isEqualTo(stage.number("select count(*) from mart." + stage.name()))
                .isEqualTo(20_000);
        assertThat(stage.number("select count(*) from raw." + stage.name())).isEqualTo(20_000);
    }

    @Test
    void losesNothingBehindALengthThatNoDecoderTakes() throws Exception {
        stage.next(1);
        byte[] endless = {0, 0, 0, 0, StreamStage.FIRST_ID, -2, -1, -1, -1, 31};
        List<byte[]> values = new ArrayList<>(sales(0, 100));
        values.set(50, endless);
        stage.produce(values);

        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(100);
        }

        assertThat(stage.number("select count(*) from mart." + stage.name())).isEqualTo(99);
        assertThat(stage.text("select code || ' ' || record_offset from reprise.dead_letter where trigger = 'stream/"
                        + stage.name() + "'"))
                .isEqualTo("malformed 50");
    }

    @Test
    void addsColumnsThatTheContractGained() throws Exception {
        stage.next(1);
        stage.execute("create schema if not exists mart");
        stage.execute("create table mart." + stage.name()
                + " (sale_id text, happened_at timestamptz, quantity bigint, note text)");
        stage.produce(sales(0, 3));

        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(3);
        }

        assertThat(stage.number("select count(region) from mart." + stage.name()))
                .isEqualTo(3);
    }

    @Test
    void saysWhichColumnHasAnotherType() throws Exception {
        stage.next(1);
        stage.execute("create schema if not exists mart");
        stage.execute("create table mart." + stage.name() + " (sale_id integer)");

        try (StreamLoop _ = stage.load()) {
            stage.awaitState("FAILING");
        }

        assertThat(stage.ledger().streams().byName(stage.name()).orElseThrow().lastError())
                .hasValueSatisfying(words -> assertThat(words).contains("sale_id is integer", "expected: text"));
    }

    private static List<byte[]> sales(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(stage::sale).toList();
    }

    private static long checkpoint() throws SQLException {
        return stage.number("select coalesce(sum(next_offset), 0) from reprise_kit.stream_checkpoint where stream = '"
                + stage.name() + "'");
    }
}
