package io.reprise.worker.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reprise.workflows.run.StepMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class BatchesTest {

    private static final String START = """
            start:
              pipeline: load
              parameters: {region: $.region, first: "@first-offset", last: "@last-offset", many: "@records"}
            """;

    private static final String RUNS = """
            select count(inbox.run_id) || ' ' || (run.input::json -> 'parameters' ->> 'many') || ' '
                   || (min(inbox.record_offset) = (run.input::json -> 'parameters' ->> 'first')::bigint
                       and max(inbox.record_offset) = (run.input::json -> 'parameters' ->> 'last')::bigint)
            from reprise.run join reprise.inbox using (run_id)
            where run.source = ? group by run.run_id, run.seq, run.input order by run.seq""";

    private static TriggerStage stage;

    @TempDir
    private Path folder;

    private AppliedCatalog catalog;

    @BeforeAll
    static void startServers() {
        stage = TriggerStage.withPartitions(2);
    }

    @AfterAll
    static void stopServers() {
        stage.close();
    }

    @BeforeEach
    void ownTrigger() throws Exception {
        stage.nextTrigger();
        stage.ensureTopic();
        catalog = new AppliedCatalog(folder, stage.ledger());
    }

    @Test
    void recordsShareARunUpToTheirNumberOrTheirTime() throws Exception {
        batches(4, "1s");
        stage.produce(same(10), "one key");

        try (TriggerReaders _ = readers()) {
            stage.awaitPosition(10);
        }

        assertThat(stage.texts(RUNS)).containsExactly("4 4 true", "4 4 true", "2 2 true");
    }

    @Test
    void recordsThatAskForOtherThingsPartABatchAndBadOnesDoNot() throws Exception {
        batches(10, "1s");
        stage.produce(List.of(eu(), "poison", eu(), "{\"region\":\"US\"}", eu()), "one key");

        try (TriggerReaders _ = readers()) {
            stage.awaitPosition(5);
        }

        assertThat(stage.texts(RUNS)).containsExactly("2 2 true", "1 1 true", "1 1 true");
        assertThat(stage.texts("select code from reprise.dead_letter where trigger = ?"))
                .containsExactly("malformed");
    }

    @Test
    void recordsThatAreReadAgainInOtherBatchesStartNothing() throws Exception {
        batches(4, "1s");
        stage.produce(same(10), "one key");
        try (TriggerReaders _ = readers()) {
            stage.awaitPosition(10);
        }
        List<String> runs = stage.texts(RUNS);

        stage.change("update reprise.trigger_position set next_offset = 1, last_offset = null where trigger = ?");
        batches(7, "1s");
        stage.produce(same(3), "one key");
        try (TriggerReaders _ = readers()) {
            stage.awaitPosition(13);
        }

        assertThat(stage.texts(RUNS)).hasSize(4).containsAll(runs).endsWith("3 3 true");
    }

    @Test
    void aKillAtAnyInstantStartsEveryRecordOnce() throws Exception {
        int records = 2_000;
        batches(7, "200ms");
        Deque<Process> alive = new ArrayDeque<>();
        try {
            alive.add(process());
            for (int round = 0; round < 5; round++) {
                alive.add(process());
                int before = inboxed();
                for (int sent = 0; sent < records / 5; sent += 50) {
                    stage.produce(same(50));
                }
                await().atMost(TriggerStage.PATIENCE).until(() -> inboxed() > before);
                alive.remove().destroyForcibly().waitFor();
            }
            await().atMost(TriggerStage.PATIENCE.multipliedBy(2)).until(() -> inboxed() == records);
        } finally {
            alive.forEach(Process::destroyForcibly);
        }

        assertThat(stage.texts("select count(distinct (partition, record_offset))::text from reprise.inbox"
                        + " where trigger = ?"))
                .containsExactly(Integer.toString(records));
        assertThat(stage.texts(RUNS)).allMatch(run -> run.matches("(\\d+) \\1 true"));
    }

    private void batches(int records, String within) throws Exception {
        catalog.trigger(
                        stage.name(),
                        "topic: " + stage.name() + "\ngroup: group." + stage.name() + "\n" + START + "batch: {records: "
                                + records + ", within: " + within + "}\n")
                .apply();
    }

    private static Process process() throws Exception {
        return BatchingProcess.start(stage.kafka().bootstrapServers(), stage.jdbcUrl());
    }

    private static TriggerReaders readers() {
        return TriggerReaders.follow(
                stage.ledger(),
                stage.kafka().bootstrapServers(),
                stage.topics(),
                new TriggerReaders.Own(List.of(), List.of(), StepMode.REGULAR, () -> FakeSchemas.NONE),
                () -> {},
                stage.meters(),
                Clock.systemUTC());
    }

    private static int inboxed() throws SQLException {
        return stage.texts("select run_id from reprise.inbox where trigger = ?").size();
    }

    private static List<String> same(int many) {
        return IntStream.range(0, many).mapToObj(n -> eu()).toList();
    }

    private static String eu() {
        return "{\"region\":\"EU\"}";
    }
}
