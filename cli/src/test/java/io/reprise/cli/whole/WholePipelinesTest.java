package io.reprise.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of pipelines, from its files to what its runs did, through processes of their own. */
@Tag("whole")
class WholePipelinesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static Stack stack;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start() {
        stack = Stack.start(Stack.Topology.ONE_PROCESS_TEMPORAL);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aFolderIsAppliedAndItsPipelineRuns() throws IOException {
        pipeline("greeting", """
                pipeline: greeting
                slot: day
                steps:
                  - id: count
                    command: ["sh", "-c", "echo $SLOT >> OUT; echo 7"]
                    guarantee: idempotent
                    outputs: {many: last-line}
                  - id: greet
                    needs: [count]
                    command: ["sh", "-c", "echo hello $MANY >> OUT"]
                    with: {MANY: ":count.many"}
                    guarantee: idempotent
                """);

        String applied = reprise("catalog", "apply", folder.resolve("catalog").toString());
        String ended = reprise("pipeline", "run", "greeting", "--slot", "2026-11-19", "--wait");
        String definition = reprise("run", "show", "pipeline/greeting/2026-11-19", "--definition");

        assertThat(applied).contains("greeting", "ADDED");
        assertThat(ended).contains("SUCCEEDED");
        assertThat(definition).contains("\"pipeline\" : \"greeting\"");
        assertThat(written()).containsExactly("2026-11-19", "hello 7");
    }

    @Test
    void aFailedRunIsUndoneLatestFirst() throws IOException {
        pipeline("failing", """
                pipeline: failing
                slot: none
                defaults: {retry: {attempts: 1}}
                steps:
                  - {id: one, command: ["sh", "-c", "echo one >> OUT"], undo: ["sh", "-c", "echo undo one >> OUT"], guarantee: idempotent}
                  - {id: two, command: ["sh", "-c", "echo two >> OUT"], undo: ["sh", "-c", "echo undo two >> OUT"], guarantee: idempotent}
                  - {id: three, command: ["sh", "-c", "exit 3"], guarantee: idempotent}
                """);
        reprise("catalog", "apply", folder.resolve("catalog").toString());

        RepriseProcess run = RepriseProcess.start(folder, environment(), "pipeline", "run", "failing", "--wait");
        Awaitility.await().atMost(PATIENCE).until(() -> !run.isAlive());

        assertThat(run.lastLines()).contains("FAILED", "DONE", "command-failed");
        assertThat(written()).containsExactly("one", "two", "undo two", "undo one");
    }

    @Test
    void aRunWhoseWorkerIsKilledGoesOnElsewhereAndRepeatsNoStepThatWasDone() throws IOException {
        pipeline("killed", """
                pipeline: killed
                slot: none
                steps:
                  - {id: one, command: ["sh", "-c", "echo one >> OUT"], guarantee: idempotent}
                  - id: two
                    command: ["sh", "-c", "touch BEGUN; test -e GO || { sleep 60; exit 1; }; echo two >> OUT"]
                    guarantee: idempotent
                    timeout: 10s
                  - {id: three, command: ["sh", "-c", "echo three >> OUT"], guarantee: idempotent}
                """);
        reprise("catalog", "apply", folder.resolve("catalog").toString());
        RepriseProcess run = RepriseProcess.start(folder, environment(), "pipeline", "run", "killed", "--wait");
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("begun")));

        stack.worker().kill();
        Files.writeString(folder.resolve("go"), "");
        stack.worker().startAgain();
        Awaitility.await().atMost(PATIENCE).until(() -> !run.isAlive());

        assertThat(run.lastLines()).contains("SUCCEEDED");
        assertThat(written()).containsExactly("one", "two", "three");
    }

    @Test
    void aPersonLetsARunGoOnOrHasItUndone() throws IOException {
        pipeline("asking", """
                pipeline: asking
                slot: day
                steps:
                  - {id: make, command: ["sh", "-c", "echo made $SLOT >> OUT"], undo: ["sh", "-c", "echo unmade $SLOT >> OUT"], guarantee: idempotent}
                  - {id: sign, wait: {approval: "Is this right?", within: 1h}}
                  - {id: send, command: ["sh", "-c", "echo sent $SLOT >> OUT"], guarantee: idempotent}
                """);
        reprise("catalog", "apply", folder.resolve("catalog").toString());
        String approved = asked("2026-11-18");
        String rejected = asked("2026-11-19");

        reprise("step", "approve", approved, "sign", "--reason", "counted twice");
        reprise("step", "reject", rejected, "sign", "--reason", "the sums are old");
        RepriseProcess again = RepriseProcess.start(folder, environment(), "step", "approve", approved, "sign");

        assertThat(untilEnded(approved)).contains("SUCCEEDED");
        assertThat(untilEnded(rejected)).contains("rejected", "the sums are old", "DONE");
        assertThat(written())
                .containsExactlyInAnyOrder(
                        "made 2026-11-18", "made 2026-11-19", "sent 2026-11-18", "unmade 2026-11-19");
        Awaitility.await().atMost(PATIENCE).until(() -> !again.isAlive());
        assertThat(again.stop()).isEqualTo(3);
    }

    @Test
    void aRecordLetsTheRunGoOnThatWaitsForItThoughItsWorkerIsKilledMeanwhile() throws Exception {
        pipeline("closing", """
                pipeline: closing
                slot: day
                steps:
                  - id: closed
                    wait:
                      topic:
                        name: shop.days
                        where: [{path: $.day, equals: "{slot_day}"}, {path: $.type, in: [closed, corrected]}]
                        since: 1h
                        capture: {rows: $.totals.rows}
                      within: 1h
                  - {id: load, command: ["sh", "-c", "echo $N of $SLOT >> OUT"], with: {N: ":closed.rows"}, guarantee: idempotent}
                """);
        reprise("catalog", "apply", folder.resolve("catalog").toString());
        for (String slot : List.of("2026-11-18", "2026-11-19")) {
            reprise("pipeline", "run", "closing", "--slot", slot);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> reprise("run", "show", "pipeline/closing/" + slot)
                            .contains("closed waits for a record of shop.days in which $.day is " + slot
                                    + " and $.type is closed or corrected, since "));
        }

        makeTopic();
        send("no json", "{\"day\":\"2026-11-18\",\"type\":\"closed\",\"totals\":{\"rows\":7}}");
        awaitWritten("7 of 2026-11-18");
        stack.worker().kill();
        send("{\"day\":\"2026-11-19\",\"type\":\"corrected\",\"totals\":{\"rows\":8}}");
        stack.worker().startAgain();

        awaitWritten("7 of 2026-11-18", "8 of 2026-11-19");
    }

    private void awaitWritten(String... lines) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(written()).containsExactly(lines));
    }

    private static void makeTopic() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", stack.kafka().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("shop.days", 2, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void send(String... values) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.kafka().bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>("shop.days", value)).get();
            }
        }
    }

    /** Answers with the id of a run that asks a person, and shows what. */
    private String asked(String slot) {
        reprise("pipeline", "run", "asking", "--slot", slot);
        String id = "pipeline/asking/" + slot;
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> reprise("run", "show", id).contains("sign asks: Is this right?"));
        assertThat(reprise("run", "list", "--forward", "WAITING")).contains(id);
        return id;
    }

    private String untilEnded(String id) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> reprise("run", "show", id).contains("ENDED AT"));
        return reprise("run", "show", id);
    }

    private void pipeline(String name, String text) throws IOException {
        Path home = Files.createDirectories(folder.resolve("catalog/pipelines").resolve(name));
        String places = text.replace("OUT", folder.resolve("out").toString())
                .replace("BEGUN", folder.resolve("begun").toString())
                .replace("GO", folder.resolve("go").toString());
        Files.writeString(home.resolve("pipeline.yaml"), places);
    }

    private List<String> written() throws IOException {
        Path out = folder.resolve("out");
        return Files.exists(out) ? Files.readAllLines(out) : List.of();
    }

    private String reprise(String... words) {
        return RepriseProcess.run(folder, environment(), words);
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(stack.environment());
        environment.put("REPRISE_URL", stack.api().toString());
        return environment;
    }
}
