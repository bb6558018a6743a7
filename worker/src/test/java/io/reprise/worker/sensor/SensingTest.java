package io.reprise.worker.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.catalog.shared.RecordDecoder;
import io.reprise.catalog.shared.RecordDecoder.Decoding;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunRef;
import io.reprise.db.sensor.ShownSensor;
import io.reprise.workflows.run.Forward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SensingTest {

    private static final String CLOSED =
            "topic: {name: TOPIC, where: [{path: $.type, equals: closed}], capture: {rows: $.rows}}";

    private static SensorStage stage;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void open() throws IOException {
        stage = new SensorStage();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @BeforeEach
    void anotherTopic() {
        stage.nextTopic();
    }

    @Test
    void aRecordThatFitsWakesTheRunAtOnceAndHandsOnItsValues() throws Exception {
        stage.makeTopic(3);
        try (Sensing _ = stage.sensing("one")) {
            RunRef run = stage.run(folder, CLOSED);
            stage.awaitWatched(run);
            awaitRead();

            stage.produce("EU", "{\"type\":\"opened\",\"rows\":1}");
            stage.produce("US", "{\"type\":\"closed\",\"rows\":7}");
            long sent = System.nanoTime();

            await().atMost(SensorStage.PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> stage.ledger().sensors().openOf(run.runId()).isEmpty());
            assertThat(stage.awaitSaid(run)).containsExactly("7");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent)).isLessThan(5_000);
        }
    }

    @Test
    void whatCameBeforeTheWaitCountsAsFarBackAsItSays() throws Exception {
        stage.makeTopic(1);
        stage.produce("EU", "{\"type\":\"closed\",\"rows\":3}");
        await().pollDelay(Duration.ofMillis(20)).until(() -> true);
        try (Sensing _ = stage.sensing("one")) {
            RunRef back = stage.run(folder, CLOSED.replace("capture", "since: 1h, capture"));
            RunRef fresh = stage.run(folder, CLOSED);

            assertThat(stage.awaitSaid(back)).containsExactly("3");
            stage.awaitWatched(fresh);
            stage.produce("EU", "{\"type\":\"closed\",\"rows\":4}");
            assertThat(stage.awaitSaid(fresh)).containsExactly("4");
        }
    }

    @Test
    void theKeyMustBeTheOneThatIsWaitedFor() throws Exception {
        stage.makeTopic(2);
        try (Sensing _ = stage.sensing("one")) {
            RunRef run = stage.run(folder, "topic: {name: TOPIC, key: EU, capture: {rows: $.rows}}");
            stage.awaitWatched(run);
            stage.produce("US", "{\"rows\":1}");
            stage.produce("EU", "{\"rows\":2}");

            assertThat(stage.awaitSaid(run)).containsExactly("2");
        }
    }

    @Test
    void aTopicThatIsNotThereIsWaitedFor() throws Exception {
        try (Sensing _ = stage.sensing("one")) {
            RunRef run = stage.run(folder, CLOSED);
            stage.awaitWatched(run);
            stage.awaitNote(run, "the topic " + stage.topic() + " is not there");

            stage.makeTopic(1);
            stage.produce("EU", "{\"type\":\"closed\",\"rows\":2}");

            assertThat(stage.awaitSaid(run)).containsExactly("2");
        }
    }

    @Test
    void aTopicThatIsCreatedAgainIsLookedThroughAnewAndThatIsSaid() throws Exception {
        stage.makeTopic(1);
        try (Sensing _ = stage.sensing("one")) {
            RunRef run = stage.run(folder, CLOSED);
            stage.awaitWatched(run);
            for (int number = 0; number < 5; number++) {
                stage.produce("EU", "{\"type\":\"opened\"}");
            }
            awaitRead();
            stage.deleteTopic();
            stage.awaitNote(run, "is not there");
            stage.makeTopic(1);
            stage.awaitNote(run, "was deleted and created again: the new one is looked through since ");

            stage.produce("EU", "{\"type\":\"closed\",\"rows\":5}");

            assertThat(stage.awaitSaid(run)).containsExactly("5");
        }
    }

    @Test
    void whatKafkaNoLongerHasIsSaid() throws Exception {
        stage.makeTopic(1);
        for (int number = 0; number < 3; number++) {
            stage.produce("EU", "{\"type\":\"opened\"}");
        }
        stage.admin()
                .deleteRecords(Map.of(new TopicPartition(stage.topic(), 0), RecordsToDelete.beforeOffset(2)))
                .all()
                .get();
        try (Sensing _ = stage.sensing("one")) {
            RunRef run = stage.run(folder, CLOSED.replace("capture", "since: 1h, capture"));
            stage.awaitWatched(run);

            stage.awaitNote(run, "Kafka no longer has what was in partition 0 before offset 2");
            stage.produce("EU", "{\"type\":\"closed\",\"rows\":6}");
            assertThat(stage.awaitSaid(run)).containsExactly("6");
        }
    }

    @Test
    void anEmptyPartitionIsNotSaidToLackAnything() throws Exception {
        stage.makeTopic(1);
        stage.produce("EU", "{\"type\":\"opened\"}");
        stage.admin()
                .deleteRecords(Map.of(new TopicPartition(stage.topic(), 0), RecordsToDelete.beforeOffset(1)))
                .all()
                .get();
        try (Sensing _ = stage.sensing("one")) {
            RunRef run = stage.run(folder, CLOSED);
            stage.awaitWatched(run);
            awaitRead();

            assertThat(stage.ledger().sensors().openOf(run.runId()).getFirst().note())
                    .isEmpty();
            stage.produce("EU", "{\"type\":\"closed\",\"rows\":6}");
            assertThat(stage.awaitSaid(run)).containsExactly("6");
        }
    }

    @Test
    void aRecordThatNoFilterCanHoldKeepsNobody() throws Exception {
        stage.makeTopic(1);
        try (Sensing _ = stage.sensing("one")) {
            RunRef number = stage.run(
                    folder, "topic: {name: TOPIC, where: [{path: $.rows, equals: 5}], capture: {rows: $.rows}}");
            RunRef text = stage.run(
                    folder,
                    "topic: {name: TOPIC, where: [{path: $.type, matches: '(?:(?:(?:a|b)|c)|d)*'}], capture: {rows: $.rows}}");
            stage.awaitWatched(number);
            stage.awaitWatched(text);

            stage.produce("EU", "{\"rows\":1e99999999999,\"type\":\"" + "ab".repeat(5_000) + "\"}");
            stage.produce("EU", "{\"rows\":5,\"type\":\"abba\"}");

            assertThat(stage.awaitSaid(number)).containsExactly("5");
            assertThat(stage.awaitSaid(text)).containsExactly("5");
        }
    }

    @Test
    void aTopicThatHasNoLeaderIsLeftOutAndThatIsSaid() throws Exception {
        RunRef run = stage.run(folder, CLOSED);
        stage.awaitWatched(run);
        WatchedTopic topic = new WatchedTopic(
                stage.topic(), stage.ledger().sensorReading(), new SensorMeters(new SimpleMeterRegistry()));
        topic.follow();
        topic.is("id", List.of(new TopicPartition(stage.topic(), 0)));
        MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("none");
        kafka.setOffsetsException(new TimeoutException("no leader"));

        try (SensorConsumer consumer = new SensorConsumer(kafka)) {
            topic.place(consumer);
            topic.is("id", List.of(new TopicPartition(stage.topic(), 0)));
            topic.tell();

            assertThat(topic.readable()).isEmpty();
            stage.awaitNote(run, "Kafka does not answer: no leader");
        }
        stage.temporal().newUntypedWorkflowStub(run.workflowId().value()).cancel("seen");
        assertThat(stage.awaitEnded(run).forward()).isEqualTo(Forward.CANCELLED);
    }

    @Test
    void aWorkerThatDoesNotReachKafkaLeavesTheTopicToAnother() throws Exception {
        stage.makeTopic(1);
        try (Sensing _ = stage.sensingWithoutKafka("deaf")) {
            RunRef run = stage.run(folder, CLOSED);
            stage.awaitWatched(run);
            stage.awaitNote(run, "Kafka does not answer");

            try (Sensing _ = stage.sensing("two")) {
                stage.produce("EU", "{\"type\":\"closed\",\"rows\":3}");

                assertThat(stage.awaitSaid(run)).containsExactly("3");
            }
        }
    }

    @Test
    void recordsThatCannotBeReadArePassedAndCounted() throws Exception {
        stage.makeTopic(1);
        try (Sensing _ = stage.sensing("one")) {
            RunRef run = stage.run(folder, CLOSED);
            stage.awaitWatched(run);
            stage.produce("EU", "no json");
            stage.produce("EU", "{\"type\":");

            await().atMost(SensorStage.PATIENCE)
                    .untilAsserted(() -> assertThat(stage.ledger().sensors().openOf(run.runId()))
                            .extracting(ShownSensor::unreadable)
                            .containsExactly(2L));
            stage.produce("EU", "{\"type\":\"closed\",\"rows\":8}");
            assertThat(stage.awaitSaid(run)).containsExactly("8");
        }
    }

    @Test
    void aRecordWhoseSchemaNobodyCanTellNowIsLookedAtAgain() throws Exception {
        stage.makeTopic(1);
        Path contract = Files.createDirectories(folder.resolve("contracts/shop.days"));
        Files.writeString(contract.resolve("v1.avsc"), """
                {"type":"record","name":"Day","namespace":"shop","doc":"A day",\
                "fields":[{"name":"rows","type":"long","doc":"How many"}]}
                """);
        Files.writeString(
                contract.resolve("contract.yaml"),
                "subject: shop.days\ntopic: shop.days\nowner: tests\ncompatibility: BACKWARD\n");
        AtomicBoolean away = new AtomicBoolean(true);
        Decoding gone = new Decoding.Away("the registry does not answer");
        try (Sensing _ =
                stage.sensing("one", (value, schema) -> away.get() ? gone : RecordDecoder.json(value, schema))) {
            RunRef run = stage.run(folder, CLOSED.replace("capture", "contract: shop.days, capture"));
            stage.awaitWatched(run);
            stage.produce("EU", "{\"type\":\"closed\",\"rows\":9}");

            stage.awaitNote(run, "the registry does not answer");
            away.set(false);

            assertThat(stage.awaitSaid(run)).containsExactly("9");
        }
    }

    @Test
    void aRunThatIsCancelledOrRanOutOfTimeLeavesNothingBehind() throws Exception {
        stage.makeTopic(1);
        try (Sensing _ = stage.sensing("one")) {
            RunRef cancelled = stage.run(folder, CLOSED);
            RunRef late = stage.run(folder, CLOSED + ", within: 1s, else: {refuse: nobody-closed}");
            stage.awaitWatched(cancelled);
            awaitRead();

            stage.temporal()
                    .newUntypedWorkflowStub(cancelled.workflowId().value())
                    .cancel("changed my mind");
            Run ranOut = stage.awaitEnded(late);

            assertThat(stage.awaitEnded(cancelled).forward()).isEqualTo(Forward.CANCELLED);
            assertThat(ranOut.reason()).contains("nobody-closed");
            await().atMost(SensorStage.PATIENCE)
                    .until(() -> stage.ledger().sensorReading().topics().isEmpty());
            awaitReleased();
        }
    }

    @Test
    void aZombieBesideItsReplacementAnswersNothingTwice() throws Exception {
        stage.makeTopic(1);
        try (Sensing _ = stage.sensing("one")) {
            List<RunRef> runs =
                    List.of(stage.run(folder, CLOSED), stage.run(folder, CLOSED), stage.run(folder, CLOSED));
            runs.forEach(stage::awaitWatched);
            awaitRead();
            stage.ledger().sensorReading().release(List.of(stage.topic()), "one");
            try (Sensing _ = stage.sensing("two")) {
                stage.produce("EU", "{\"type\":\"closed\",\"rows\":1}");

                for (RunRef run : runs) {
                    assertThat(stage.awaitSaid(run)).containsExactly("1");
                }
            }
        }
    }

    @Test
    void whoIsKilledBetweenFindingAndWakingIsReplaced() throws Exception {
        stage.makeTopic(1);
        Process lost = SensingProcess.start(stage.bootstrap(), stage.jdbcUrl());
        try {
            RunRef run = stage.run(folder, CLOSED);
            stage.awaitWatched(run);
            awaitRead();
            stage.produce("EU", "{\"type\":\"closed\",\"rows\":2}");
            await().atMost(SensorStage.PATIENCE)
                    .until(() -> stage.ledger().sensors().openOf(run.runId()).isEmpty());
            lost.destroyForcibly().waitFor();
            assertThat(stage.shown(run).forward()).isEqualTo(Forward.WAITING);

            try (Sensing _ = stage.sensing("two")) {
                assertThat(stage.awaitSaid(run)).containsExactly("2");
            }
        } finally {
            lost.destroyForcibly().waitFor();
        }
    }

    @Test
    void whoIsKilledWhileLookingIsReplacedAndWhatCameMeanwhileIsFound() throws Exception {
        stage.makeTopic(1);
        Process lost = SensingProcess.start(stage.bootstrap(), stage.jdbcUrl());
        try {
            RunRef run = stage.run(folder, CLOSED);
            stage.awaitWatched(run);
            awaitRead();
            lost.destroyForcibly().waitFor();
            stage.produce("EU", "{\"type\":\"closed\",\"rows\":4}");

            try (Sensing _ = stage.sensing("two")) {
                assertThat(stage.awaitSaid(run)).containsExactly("4");
            }
        } finally {
            lost.destroyForcibly().waitFor();
        }
    }

    /** Until somebody reads the topic, and where that began is kept. */
    private static void awaitRead() {
        await().atMost(SensorStage.PATIENCE)
                .until(() -> stage.ledger().sensorReading().openOf(stage.topic()).stream()
                        .allMatch(id -> stage.ledger().sensorReading().read(List.of(id)).stream()
                                .allMatch(open -> !open.places().isEmpty())));
    }

    private static void awaitReleased() {
        await().atMost(SensorStage.PATIENCE)
                .until(() -> stage.ledger().sensorReading().hold(stage.topic(), "another", Duration.ofSeconds(1)));
    }
}
