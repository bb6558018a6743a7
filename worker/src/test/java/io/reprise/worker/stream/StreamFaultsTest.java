package io.reprise.worker.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reprise.db.stream.GoOnFrom;
import io.reprise.db.stream.StreamResumed;
import io.reprise.embedded.Placement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Logs and servers that are not what they were. */
class StreamFaultsTest {

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
    void loadsEachRecordOnceThoughBrokerDatabaseAndRegistryGoAwayInTurnAndTogether() throws Exception {
        stage.next(2);
        try (StreamLoop _ = stage.load()) {
            stage.produce(sales(0, 500));
            stage.awaitAll(500);

            stage.registryIsAway(true);
            stage.postgres().kill();
            stage.produce(sales(500, 500));
            stage.postgres().startAgain();
            stage.registryIsAway(false);
            stage.awaitAll(1_000);

            stage.kafka().stop();
            stage.awaitState("WAITING_FOR_KAFKA");
            stage.kafka().startAgain();
            stage.produce(sales(1_000, 500));
            stage.awaitAll(1_500);

            stage.produce(sales(1_500, 500));
            stage.registryIsAway(true);
            stage.kafka().stop();
            stage.postgres().kill();
            stage.postgres().startAgain();
            stage.kafka().startAgain();
            stage.registryIsAway(false);
            stage.produce(sales(2_000, 500));
            stage.awaitAll(2_500);
            stage.awaitState("RUNNING");
        }

        assertThat(stage.number("select count(distinct sale_id) from mart." + stage.name()))
                .isEqualTo(stage.number("select count(*) from mart." + stage.name()))
                .isEqualTo(2_500);
        assertThat(stage.number(
                        "select count(*) from reprise.dead_letter where trigger = 'stream/" + stage.name() + "'"))
                .isZero();
        assertThat(stage.balance().balanced()).isTrue();
    }

    @Test
    void passesWhatCompactionTookAwayAndStaysBalanced() throws Exception {
        stage.next(1);
        stage.configure("cleanup.policy", "compact");
        stage.configure("min.cleanable.dirty.ratio", "0.01");
        stage.configure("segment.ms", "200");
        stage.configure("max.compaction.lag.ms", "200");
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            records.add(
                    new ProducerRecord<>(stage.name(), ("k" + n % 10).getBytes(StandardCharsets.UTF_8), stage.sale(n)));
        }
        stage.send(records, Map.of());
        await().atMost(StreamStage.PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            stage.send(
                    List.of(new ProducerRecord<>(
                            stage.name(), "end".getBytes(StandardCharsets.UTF_8), stage.sale(999))),
                    Map.of());
            assertThat(stage.committed()).isLessThan(250);
        });

        try (StreamLoop _ = stage.load()) {
            stage.awaitCaughtUp();
        }

        assertThat(stage.number("select count(distinct k_off) from raw." + stage.name()))
                .isEqualTo(stage.number("select count(*) from raw." + stage.name()))
                .isLessThan(300);
        assertThat(stage.number("select count(*) from mart." + stage.name() + " where sale_id = 's-299'"))
                .isEqualTo(1);
        assertThat(stage.balance().balanced()).isTrue();
    }

    @Test
    void countsWhatKafkaDeletedBeforeItWasLoadedOrStopsAsItIsSaid() throws Exception {
        stage.next(1);
        stage.produce(sales(0, 10));
        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(10);
        }
        stage.produce(sales(10, 20));
        deleteBefore(25);

        try (StreamLoop _ = stage.load(stage.settingsThatStopAtLoss())) {
            stage.awaitState("STOPPED");
            assertThat(stage.ledger()
                            .streams()
                            .byName(stage.name())
                            .orElseThrow()
                            .stopReason())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("offsets 10 to 24", "lost: continue"));
        }
        assertThat(stage.ledger().streams().resume(stage.name(), Optional.empty()))
                .isInstanceOf(StreamResumed.GoesOn.class);
        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(15);
        }

        assertThat(stage.number(
                        "select lost_offsets from reprise_kit.stream_checkpoint where stream = '" + stage.name() + "'"))
                .isEqualTo(15);
        assertThat(stage.balance().balanced()).isTrue();
    }

    @Test
    void loadsALogThatLostItsTailAsAnotherOneOnceSomebodySaidSo() throws Exception {
        stage.next(2);
        stage.send(
                List.of(
                        new ProducerRecord<>(stage.name(), 0, null, stage.sale(1)),
                        new ProducerRecord<>(stage.name(), 1, null, stage.sale(2))),
                Map.of());
        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(2);
        }
        stage.execute(
                "update reprise_kit.stream_checkpoint set next_offset = 40, last_offset = 39 where partition = 1 and"
                        + " stream = '" + stage.name() + "'");

        try (StreamLoop _ = stage.load()) {
            stage.awaitState("STOPPED");
            assertThat(stage.ledger()
                            .streams()
                            .byName(stage.name())
                            .orElseThrow()
                            .exchanged())
                    .containsExactly(1);
            assertThat(stage.ledger().streams().resume(stage.name(), Optional.of(GoOnFrom.TABLE)))
                    .as("an answer to another question")
                    .isInstanceOf(StreamResumed.Undecided.class);
            stage.ledger().streams().resume(stage.name(), Optional.of(GoOnFrom.BEGINNING));
            stage.awaitAll(3);
            stage.send(List.of(new ProducerRecord<>(stage.name(), 0, null, stage.sale(3))), Map.of());
            stage.awaitAll(4);
        }

        assertThat(stage.texts("select k_part || ' ' || k_log || ' ' || sale_id from mart." + stage.name()
                        + " order by sale_id, k_log"))
                .containsExactly("0 1 s-1", "1 1 s-2", "1 2 s-2", "0 2 s-3");
        assertThat(stage.number(
                        "select count(*) from reprise_kit.stream_checkpoint where closed_at is not null and stream"
                                + " = '" + stage.name() + "'"))
                .as("checkpoints of the log before")
                .isEqualTo(2);
        assertThat(stage.balance().balanced()).isTrue();
    }

    @Test
    void goesOnWithTheLogOfItsTablesWhereTheLedgerForgotIt() throws Exception {
        stage.next(1);
        stage.produce(sales(0, 5));
        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(5);
        }
        stage.execute("update reprise_kit.stream_checkpoint set last_digest = 'another' where stream = '" + stage.name()
                + "'");
        try (StreamLoop _ = stage.load()) {
            stage.awaitState("STOPPED");
            stage.ledger().streams().resume(stage.name(), Optional.of(GoOnFrom.BEGINNING));
            stage.awaitAll(10);
        }
        stage.execute("update reprise.stream_state set log_number = 1 where stream = '" + stage.name() + "'");
        stage.produce(sales(5, 5));

        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(15);
        }

        assertThat(stage.number("select count(*) from mart." + stage.name())).isEqualTo(15);
        assertThat(stage.ledger().streams().byName(stage.name()).orElseThrow().logNumber())
                .isEqualTo(2);
    }

    @Test
    void stopsAtALogThatHasAnotherRecordWhereOneWasLoaded() throws Exception {
        stage.next(1);
        stage.produce(sales(0, 10));
        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(10);
        }
        stage.execute("update reprise_kit.stream_checkpoint set last_digest = 'another' where stream = '" + stage.name()
                + "'");
        stage.produce(sales(10, 5));

        try (StreamLoop _ = stage.load()) {
            stage.awaitState("STOPPED");
            stage.ledger().streams().resume(stage.name(), Optional.of(GoOnFrom.END));
            stage.awaitState("RUNNING");
            stage.produce(sales(20, 5));
            stage.awaitAll(15);
        }

        assertThat(stage.number("select max(quantity) from mart." + stage.name()))
                .isEqualTo(24);
        assertThat(stage.number("select count(*) from mart." + stage.name())).isEqualTo(15);
    }

    @Test
    void loadsNothingIntoTheTablesOfAnotherCluster() throws Exception {
        stage.next(1);
        stage.produce(sales(0, 3));
        try (StreamLoop _ = stage.load()) {
            stage.awaitAll(3);
        }
        stage.execute("update reprise_kit.stream_checkpoint set cluster_id = 'another' where stream = '" + stage.name()
                + "'");
        stage.produce(sales(3, 3));

        try (StreamLoop _ = stage.load()) {
            stage.awaitState("FAILING");
        }

        assertThat(stage.ledger().streams().byName(stage.name()).orElseThrow().lastError())
                .hasValueSatisfying(words -> assertThat(words).contains("of Kafka cluster another"));
        assertThat(stage.number("select count(*) from mart." + stage.name())).isEqualTo(3);
    }

    private static void deleteBefore(long offset) throws Exception {
        try (Admin admin = stage.admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(stage.name(), 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    private static List<byte[]> sales(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(stage::sale).toList();
    }
}
