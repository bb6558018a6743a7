package io.reprise.worker.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class TopicReaderTest {

    private static TriggerStage stage;

    private final AtomicInteger wakes = new AtomicInteger();

    @BeforeAll
    static void startServers() {
        stage = TriggerStage.withPartitions(3);
    }

    @AfterAll
    static void stopServers() {
        stage.close();
    }

    @BeforeEach
    void ownTrigger() {
        stage.nextTrigger();
    }

    @Test
    void acceptsEveryRecordOnceAndCommitsItsOffsetAfterwards() throws Exception {
        try (TopicReader _ = trigger("group")) {
            stage.produce(
                    IntStream.range(0, 100).mapToObj(n -> stage.id(n) + "=x").toList());

            stage.awaitRuns(100);
            assertThat(wakes.get()).isPositive();
            await().atMost(TriggerStage.PATIENCE).until(() -> committed("group") == 100);
        }
    }

    @Test
    void takesARepetitionForTheSameRunAndOtherContentForADeadLetter() throws Exception {
        try (TopicReader _ = trigger("group")) {
            stage.produce(List.of("a=1", "a=1", "a=2", "b=1"), "one key");

            stage.awaitPosition(4);
        }

        assertThat(stage.texts("select name from reprise.run where source = 'letters' and input in ('\"1\"', '\"2\"') "
                        + "and run_id in (select run_id from reprise.inbox where trigger = ?) order by name"))
                .containsExactly("a", "b");
        assertThat(
                        stage.texts(
                                "select code || ' ' || convert_from(record_value, 'UTF8') from reprise.dead_letter where trigger = ?"))
                .containsExactly("conflict a=2");
    }

    @Test
    void poisonAtAnyPlaceOfABatchStopsNothing() throws Exception {
        int size = 6;
        try (TopicReader _ = trigger("group")) {
            for (int place = 0; place < size; place++) {
                List<String> batch = new ArrayList<>();
                for (int n = 0; n < size; n++) {
                    batch.add(n == place ? Letters.POISON : stage.id(place * size + n) + "=x");
                }
                stage.produce(batch, "one key");
            }

            stage.awaitRuns(size * (size - 1));
        }

        assertThat(stage.texts(
                        "select code || ' ' || convert_from(record_value, 'UTF8') || ' ' || convert_from(record_key, 'UTF8')"
                                + " from reprise.dead_letter where trigger = ?"))
                .hasSize(size)
                .containsOnly("malformed poison one key");
    }

    @Test
    void aConsumerThatBelievesItStillOwnsItsPartitionsTakesNothingTwice() throws Exception {
        long seed = Long.getLong("reprise.seed", System.nanoTime());
        System.out.println("TopicReaderTest seed " + seed);
        List<String> values = new ArrayList<>(
                IntStream.range(0, 300).mapToObj(n -> stage.id(n % 200) + "=x").toList());
        Collections.shuffle(values, new Random(seed));

        try (TopicReader _ = trigger("owner");
                TopicReader _ = trigger("zombie")) {
            for (int from = 0; from < values.size(); from += 20) {
                stage.produce(values.subList(from, from + 20));
            }
            stage.awaitPosition(300);
        }

        stage.awaitRuns(200);
        assertThat(stage.texts("select count(*)::text from reprise.inbox where trigger = ?"))
                .containsExactly("300");
        assertThat(stage.texts("select code from reprise.dead_letter where trigger = ?"))
                .isEmpty();
    }

    @Test
    void goesOnWhereTheLedgerStandsWhenItsCommitsWereLost() throws Exception {
        try (TopicReader _ = trigger("group")) {
            stage.produce(
                    IntStream.range(0, 30).mapToObj(n -> stage.id(n) + "=x").toList());
            stage.awaitRuns(30);
        }
        try (Admin admin = stage.admin()) {
            admin.deleteConsumerGroups(List.of("group." + stage.name())).all().get();
        }

        try (TopicReader _ = trigger("group")) {
            stage.produce(
                    IntStream.range(30, 40).mapToObj(n -> stage.id(n) + "=x").toList());
            stage.awaitRuns(40);
        }

        assertThat(stage.texts("select count(*)::text from reprise.inbox where trigger = ?"))
                .containsExactly("40");
    }

    @Test
    void aTopicThatWasCreatedAgainIsReadFromItsBeginning() throws Exception {
        try (TopicReader _ = trigger("group");
                Admin admin = stage.admin()) {
            stage.produce(List.of("c" + stage.name() + "=x", "d" + stage.name() + "=x"), "one key");
            stage.awaitPosition(2);

            admin.deleteTopics(List.of(stage.name())).all().get();
            await().atMost(TriggerStage.PATIENCE)
                    .until(() -> !admin.listTopics().names().get().contains(stage.name()));
            stage.createTopic(admin);
            stage.produce(List.of("e" + stage.name() + "=x"), "one key");

            stage.awaitRuns(3);
        }

        assertThat(stage.texts("select distinct topic_id from reprise.inbox where trigger = ?"))
                .hasSize(2);
    }

    @Test
    void anOperatorPausesAndResumesItAndSeesItsLag() throws Exception {
        try (TopicReader _ = trigger("group")) {
            stage.produce(List.of(stage.id(0) + "=x"));
            stage.awaitRuns(1);

            stage.ledger().triggers().pause(stage.name(), "to test", "tester");
            await().atMost(TriggerStage.PATIENCE).until(() -> stage.state().equals("PAUSED"));
            stage.produce(
                    IntStream.range(1, 8).mapToObj(n -> stage.id(n) + "=x").toList());

            await().atMost(TriggerStage.PATIENCE)
                    .until(() -> stage.meters()
                                    .get("reprise_trigger_lag_records")
                                    .gauge()
                                    .value()
                            == 7);
            assertThat(stage.ledger()
                            .triggers()
                            .byName(stage.name())
                            .orElseThrow()
                            .lag())
                    .contains("\"lag\"");
            assertThat(stage.texts("select run_id from reprise.inbox where trigger = ?"))
                    .hasSize(1);

            stage.ledger().triggers().resume(stage.name(), Optional.empty());
            stage.awaitRuns(8);
            await().atMost(TriggerStage.PATIENCE).until(() -> stage.state().equals("RUNNING"));
        }
    }

    @Test
    void keepsItsPlaceWhileTheLedgerIsAway() throws Exception {
        try (TopicReader _ = trigger("group")) {
            stage.produce(
                    IntStream.range(0, 20).mapToObj(n -> stage.id(n) + "=x").toList());
            stage.awaitRuns(20);

            stage.postgres().stop();
            stage.produce(
                    IntStream.range(20, 60).mapToObj(n -> stage.id(n) + "=x").toList());
            await().atMost(TriggerStage.PATIENCE)
                    .until(() -> stage.meters()
                                    .get("reprise_trigger_ledger_waits")
                                    .counter()
                                    .count()
                            > 2);
            stage.postgres().startAgain();

            stage.awaitRuns(60);
        }

        assertThat(stage.texts("select code from reprise.dead_letter where trigger = ?"))
                .isEmpty();
    }

    @Test
    void saysThatKafkaWentAwayAndGoesOnWhenItIsBack() throws Exception {
        try (TopicReader _ = trigger("group")) {
            stage.produce(List.of(stage.id(0) + "=x"));
            stage.awaitRuns(1);

            stage.kafka().stop();
            await().atMost(TriggerStage.PATIENCE).until(() -> stage.state().equals("WAITING_FOR_KAFKA"));
            String words = stage.lastError();
            stage.kafka().startAgain();

            assertThat(words).isNotEmpty();
            await().atMost(TriggerStage.PATIENCE).until(() -> stage.state().equals("RUNNING"));
            stage.produce(List.of(stage.id(1) + "=x"));
            stage.awaitRuns(2);
        }
    }

    @Test
    void waitsForAKafkaThatIsNotThereYet() throws Exception {
        stage.kafka().stop();
        try (TopicReader _ = trigger("group")) {
            await().atMost(TriggerStage.PATIENCE).until(() -> stage.state().equals("WAITING_FOR_KAFKA"));

            stage.kafka().startAgain();
            await().atMost(TriggerStage.PATIENCE).until(() -> stage.state().equals("RUNNING"));
            stage.produce(List.of(stage.id(0) + "=x"));

            stage.awaitRuns(1);
        }
    }

    private TopicReader trigger(String group) {
        return stage.trigger(group, wakes::incrementAndGet);
    }

    private long committed(String group) throws ExecutionException, InterruptedException {
        try (Admin admin = stage.admin()) {
            Map<TopicPartition, org.apache.kafka.clients.consumer.OffsetAndMetadata> offsets =
                    admin.listConsumerGroupOffsets(group + "." + stage.name())
                            .partitionsToOffsetAndMetadata()
                            .get();
            return offsets.values().stream()
                    .mapToLong(org.apache.kafka.clients.consumer.OffsetAndMetadata::offset)
                    .sum();
        }
    }
}
