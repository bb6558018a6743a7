package io.reprise.worker.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reprise.db.trigger.Loss;
import io.reprise.db.trigger.ReadFrom;
import io.reprise.db.trigger.Resumed;
import io.reprise.db.trigger.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a trigger when Kafka no longer has what it had, under the same topic id. */
@Tag("slow")
class ExchangedLogTest {

    @TempDir
    private static Path folder;

    private static TriggerStage stage;

    @TempDir
    private Path backup;

    @BeforeAll
    static void startServers() {
        stage = TriggerStage.withOnePartitionIn(folder);
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
    void aLogThatLostItsTailStopsTheTriggerUntilItsNewEndIsAccepted() throws Exception {
        try (TopicReader _ = stage.trigger()) {
            stage.produce(letters("old", 0, 3));
            stage.awaitRuns(3);
            keepBackup();
            stage.produce(letters("old", 3, 6));
            stage.awaitRuns(6);

            restoreBackup();
            awaitStopped();
            stage.produce(letters("new", 0, 4));

            assertThat(stage.lastError()).contains("ends at offset 3", "up to offset 5", "--from beginning");
            assertThat(stops()).singleElement().satisfies(stop -> {
                assertThat(stop.position()).isEqualTo(6);
                assertThat(stop.logEnd()).isEqualTo(3);
            });
            assertThat(stage.meters()
                            .get("reprise_trigger_stopped_partitions")
                            .gauge()
                            .value())
                    .isOne();
            assertThat(resume(Optional.empty())).isInstanceOf(Resumed.Undecided.class);
            stage.awaitRuns(6);

            assertThat(resume(Optional.of(ReadFrom.END))).isInstanceOf(Resumed.GoesOn.class);
            stage.awaitRuns(10);
            await().atMost(TriggerStage.PATIENCE).until(() -> stage.state().equals("RUNNING"));
        }
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aLogThatGrewOtherRecordsUpToThePositionStopsTheTriggerToo() throws Exception {
        try (TopicReader _ = stage.trigger()) {
            stage.produce(letters("old", 0, 3));
            stage.awaitRuns(3);
            keepBackup();
            stage.produce(List.of(stage.name() + "-old-3=x", Letters.POISON));
            stage.awaitPosition(5);
        }
        restoreBackup();
        stage.produce(List.of(stage.name() + "-new-3=x", Letters.POISON + " of another kind"));
        stage.produce(letters("new", 4, 6));

        try (TopicReader _ = stage.trigger()) {
            awaitStopped();
            assertThat(stage.lastError()).contains("another record at offset 4");

            resume(Optional.of(ReadFrom.BEGINNING));

            stage.awaitRuns(7);
            await().atMost(TriggerStage.PATIENCE)
                    .untilAsserted(() -> assertThat(deadLetters())
                            .containsOnly(Letters.POISON, Letters.POISON + " of another kind"));
        }
    }

    @Test
    void whatKafkaDeletedBeforeItWasReadIsCountedAndTheTriggerGoesOnBehindIt() throws Exception {
        try (TopicReader _ = stage.trigger();
                Admin admin = stage.admin()) {
            stage.produce(letters("read", 0, 6));
            stage.awaitRuns(6);
            stage.ledger().triggers().pause(stage.name(), "to test", "tester");
            await().atMost(TriggerStage.PATIENCE).until(() -> stage.state().equals("PAUSED"));
            stage.produce(letters("late", 0, 10));

            deleteBefore(admin, 13);
            resume(Optional.empty());

            stage.awaitRuns(6 + 3);
            assertThat(stage.ledger().triggerLogs().losses(stage.name()))
                    .singleElement()
                    .satisfies(loss -> {
                        assertThat(loss.from()).isEqualTo(6);
                        assertThat(loss.to()).isEqualTo(13);
                    });
            assertThat(stage.meters()
                            .get("reprise_trigger_lost_records")
                            .counter()
                            .count())
                    .isEqualTo(7);
        }
    }

    @Test
    void theEndOfATransactionIsNoRecordToWaitForOrToLose() throws Exception {
        try (TopicReader _ = stage.trigger();
                Admin admin = stage.admin()) {
            stage.produceInTransaction(letters("sent", 0, 2));

            stage.awaitPosition(3);
            await().atMost(TriggerStage.PATIENCE)
                    .until(() -> stage.ledger()
                            .triggers()
                            .byName(stage.name())
                            .orElseThrow()
                            .lag()
                            .contains("\"lag\": 0"));
            deleteBefore(admin, 3);
            stage.produce(letters("after", 0, 1));

            stage.awaitRuns(3);
        }
        assertThat(stage.ledger().triggerLogs().losses(stage.name()))
                .extracting(Loss::records)
                .isEmpty();
    }

    private static List<String> letters(String kind, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> stage.name() + "-" + kind + "-" + number + "=x")
                .toList();
    }

    private static void awaitStopped() {
        await().atMost(TriggerStage.PATIENCE).until(() -> stage.state().equals("STOPPED"));
    }

    private static List<Stop> stops() {
        return stage.ledger().triggerLogs().stops(stage.name());
    }

    private static Resumed resume(Optional<ReadFrom> from) {
        return stage.ledger().triggers().resume(stage.name(), from);
    }

    private static List<String> deadLetters() throws Exception {
        return stage.texts("select convert_from(record_value, 'UTF8') from reprise.dead_letter where trigger = ?");
    }

    private static void deleteBefore(Admin admin, long offset) throws Exception {
        admin.deleteRecords(Map.of(new TopicPartition(stage.name(), 0), RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }

    private void keepBackup() throws IOException {
        stage.kafka().stop();
        copy(log(), backup);
        stage.kafka().startAgain();
    }

    private void restoreBackup() throws IOException {
        stage.kafka().stop();
        try (Stream<Path> files = Files.walk(log())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        copy(backup, log());
        stage.kafka().startAgain();
    }

    private static Path log() {
        return folder.resolve("data").resolve(stage.name() + "-0");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
