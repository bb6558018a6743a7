package io.reprise.worker.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reprise.embedded.Placement;
import io.reprise.workflows.stream.StreamBalance;
import io.reprise.workflows.stream.StreamPlan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StreamBalanceTest {

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
    void balancesEveryRecordByPartitionAndDay() throws Exception {
        stage.next(2);
        stage.produce(mixed());
        stage.send(List.of(new ProducerRecord<>(stage.name(), "k".getBytes(StandardCharsets.UTF_8), null)), Map.of());
        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(304);
        }

        StreamBalance balance = stage.balance();

        assertThat(balance.days())
                .allSatisfy(day -> assertThat(day.differences())
                        .as("partition %s, %s", day.partition(), day.day())
                        .isEmpty());
        assertThat(balance.balanced()).isTrue();
        assertThat(balance.days().stream().mapToLong(day -> day.committed()).sum())
                .isEqualTo(304);
        assertThat(balance.days().stream()
                        .mapToLong(day -> day.counted().dead())
                        .sum())
                .isEqualTo(3);
        assertThat(balance.days().stream()
                        .mapToLong(day -> day.counted().tombstones())
                        .sum())
                .isEqualTo(1);
        assertThat(balance.partitions())
                .hasSize(2)
                .allSatisfy(part -> assertThat(part.keptFrom()).isZero());
    }

    @Test
    void tellsOfARowThatWasDeletedAndOfOneThatIsThereTwice() throws Exception {
        stage.next(1);
        stage.produce(IntStream.range(0, 100).mapToObj(stage::sale).toList());
        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(100);
        }
        stage.execute("delete from raw." + stage.name() + " where k_off = 7");
        stage.execute("insert into mart." + stage.name() + " select * from mart." + stage.name() + " where k_off = 8");

        StreamBalance balance = stage.balance();

        assertThat(balance.balanced()).isFalse();
        assertThat(balance.days().getFirst().differences())
                .containsExactly(
                        "the raw table has 99 rows, and 100 were loaded",
                        "the typed table has 101 rows, and 100 were loaded");
    }

    @Test
    void tellsOfALetterAndOfACountThatAreGone() throws Exception {
        stage.next(1);
        stage.produce(List.of(stage.sale(1), "junk".getBytes(StandardCharsets.UTF_8), stage.sale(2)));
        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(3);
        }
        stage.execute("delete from reprise.dead_letter where trigger = 'stream/" + stage.name() + "'");
        stage.execute("update reprise_kit.stream_count set loaded = loaded - 1 where loaded > 0 and stream = '"
                + stage.name() + "'");

        List<String> differences = stage.balance().days().stream()
                .flatMap(day -> day.differences().stream())
                .toList();

        assertThat(differences)
                .contains(
                        "0 dead letters are kept, and 1 were counted",
                        "Kafka has 2 records, and 1 are accounted for",
                        "the raw table has 2 rows, and 1 were loaded");
    }

    @Test
    void comparesWhatKafkaStillHasWhereItDeletedTheBeginning() throws Exception {
        stage.next(1);
        stage.produce(IntStream.range(0, 100).mapToObj(stage::sale).toList());
        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(100);
        }
        try (Admin admin = stage.admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(stage.name(), 0), RecordsToDelete.beforeOffset(40)))
                    .all()
                    .get();
        }

        StreamBalance balance = stage.balance();

        assertThat(balance.balanced()).isTrue();
        assertThat(balance.days().getFirst().committed()).isNull();
        assertThat(balance.partitions().getFirst().keptFrom()).isEqualTo(40);
    }

    @Test
    void replaysALetterOnceItsSchemaIsKnownAndStaysBalanced() throws Exception {
        stage.next(1);
        byte[] unknown = stage.sale(2);
        unknown[4] = 77;
        stage.produce(List.of(stage.sale(1), unknown, "junk".getBytes(StandardCharsets.UTF_8), stage.sale(3)));
        try (StreamLoop _ = stage.load();
                StreamReplays _ = stage.replay()) {
            stage.awaitAll(4);
            stage.askForReplays();
            await().atMost(StreamStage.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(stage.number("select count(*) from reprise.dead_letter where attempts = 2"
                                            + " and asked_at is null and trigger = 'stream/" + stage.name() + "'"))
                                    .isEqualTo(2));
            assertThat(stage.number("select count(*) from mart." + stage.name()))
                    .isEqualTo(2);

            stage.register(77, StreamStage.FIRST);
            stage.askForReplays();
            await().atMost(StreamStage.PATIENCE)
                    .untilAsserted(() -> assertThat(stage.texts("select status || ' ' || record_offset from"
                                    + " reprise.dead_letter where asked_at is null and trigger = 'stream/"
                                    + stage.name() + "' order by record_offset"))
                            .containsExactly("OPEN 2"));
        }

        assertThat(stage.texts("select status from reprise.dead_letter where record_offset = 1 and trigger = 'stream/"
                        + stage.name() + "'"))
                .containsExactly("REPLAYED");
        assertThat(stage.texts("select sale_id from mart." + stage.name() + " order by 1"))
                .containsExactly("s-1", "s-2", "s-3");
        assertThat(stage.text("select sum(dead) || ' ' || sum(replayed) || ' ' || sum(loaded + late) from"
                        + " reprise_kit.stream_count where stream = '" + stage.name() + "'"))
                .isEqualTo("1 1 3");
        assertThat(stage.balance().balanced()).isTrue();
    }

    @Test
    void loadsARefusedRecordOnceTheTableTakesItAndNeverTwice() throws Exception {
        stage.next(1);
        stage.produce(List.of(stage.sale(1)));
        try (StreamLoop _ = stage.load();
                StreamReplays _ = stage.replay();
                StreamReplays _ = stage.replay()) {
            stage.awaitAll(1);
            stage.execute("alter table mart." + stage.name() + " add constraint small check (quantity < 50)");
            stage.produce(List.of(stage.sale(2), stage.sale(60), stage.sale(61), stage.sale(3)));
            stage.awaitAll(5);
            stage.execute("alter table mart." + stage.name() + " drop constraint small");
            stage.askForReplays();
            await().atMost(StreamStage.PATIENCE)
                    .untilAsserted(() -> assertThat(stage.number("select count(*) from reprise.dead_letter where"
                                    + " status = 'REPLAYED' and trigger = 'stream/" + stage.name() + "'"))
                            .isEqualTo(2));
        }

        assertThat(stage.texts("select sale_id from mart." + stage.name() + " order by 1"))
                .containsExactly("s-1", "s-2", "s-3", "s-60", "s-61");
        assertThat(stage.balance().balanced()).isTrue();
    }

    @Test
    void restatesACompleteDayWithALetterOfIt() throws Exception {
        stage.next(1);
        byte[] unknown = stage.sale(2);
        unknown[4] = 78;
        stage.produce(List.of(stage.sale(1), unknown, stage.sale(3, StreamStage.NOON.plus(Duration.ofDays(2)))));
        try (StreamLoop _ = stage.load();
                StreamReplays _ = stage.replay()) {
            stage.awaitAll(3);
            stage.register(78, StreamStage.FIRST);
            stage.askForReplays();
            await().atMost(StreamStage.PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    stage.number("select coalesce(sum(late), 0) from reprise_kit.stream_count where"
                                            + " late_at is not null and stream = '" + stage.name() + "'"))
                            .isEqualTo(1));
        }
    }

    @Test
    void plansWhatItWouldMakeAndChangesNothing() throws Exception {
        stage.next(1);

        StreamPlan plan = stage.plan();

        assertThat(plan.conflicts()).isEmpty();
        assertThat(plan.statements())
                .anySatisfy(text -> assertThat(text).contains("create table \"mart\".\"" + stage.name() + "\""));
        assertThat(stage.text("select to_regclass('mart." + stage.name() + "')"))
                .isEqualTo("null");
    }

    private static List<byte[]> mixed() {
        List<byte[]> values = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            values.add(stage.sale(n, StreamStage.NOON.plus(Duration.ofHours(n % 40))));
        }
        byte[] unknown = stage.sale(2);
        unknown[4] = 99;
        values.add(100, unknown);
        values.add(200, "junk".getBytes(StandardCharsets.UTF_8));
        values.add(250, new byte[] {0, 0, 0, 0, StreamStage.FIRST_ID, 1});
        return values;
    }
}
