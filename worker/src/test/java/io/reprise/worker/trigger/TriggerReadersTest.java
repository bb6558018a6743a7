package io.reprise.worker.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reprise.workflows.run.StepMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class TriggerReadersTest {

    private static final String RUNS = "select workflow_id from reprise.run where source = ? order by seq";

    private static TriggerStage stage;
    private static FakeSchemas schemas = new FakeSchemas();

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
        schemas = new FakeSchemas();
        catalog = new AppliedCatalog(folder, stage.ledger());
    }

    @Test
    void aRecordStartsTheRunThatItsMappingMakes() throws Exception {
        trigger("""
                start: {pipeline: daily, slot: $.day, parameters: {region: $.region}}
                filter: [{path: $.type, in: [closed, corrected]}]
                """);

        try (TriggerReaders _ = readers()) {
            stage.produce(
                    List.of(
                            "{\"type\":\"closed\",\"day\":\"2026-01-05\",\"region\":\"US\"}",
                            "{\"type\":\"opened\",\"day\":\"2026-01-06\",\"region\":\"US\"}",
                            "{\"type\":\"closed\",\"day\":\"2026-01-05\",\"region\":\"US\"}",
                            "{\"type\":\"closed\",\"day\":\"2026-01-07\",\"region\":\"MARS\"}",
                            "{\"type\":\"closed\",\"day\":\"soon\"}",
                            "{\"type\":\"corrected\",\"day\":\"2026-01-08\",\"region\":\"EU\"}"),
                    "one key");
            stage.awaitPosition(6);
        }

        assertThat(stage.texts(RUNS)).containsExactly("pipeline/daily/2026-01-05,US", "pipeline/daily/2026-01-08,EU");
        assertThat(stage.texts("select bound_group || ' ' || order_rule || ' ' || (definition_hash is not null)"
                        + " from reprise.run where source = ? limit 1"))
                .containsExactly("pipeline/daily per-key true");
        assertThat(stage.texts("select errors ->> 0 from reprise.dead_letter where trigger = ? order by record_offset"))
                .satisfiesExactly(
                        error -> assertThat(error).contains("/parameters/region", "MARS", "one of EU, US"),
                        error -> assertThat(error).contains("/day", "soon"));
        assertThat(stage.ledger().triggers().filtered(stage.name())).isOne();
    }

    @Test
    void withoutASlotTheRecordIsTheRun() throws Exception {
        trigger("start: {pipeline: load, parameters: {region: $.region, first: \"@first-offset\"}}\n");

        try (TriggerReaders _ = readers()) {
            stage.produce(List.of("{\"region\":\"EU\"}", "{\"region\":\"EU\"}"), "one key");
            stage.awaitRuns(2);
        }

        assertThat(stage.texts(RUNS))
                .allMatch(id -> id.matches("pipeline/load/" + stage.name() + ":[A-Za-z0-9_-]{22}:[01]:[01]"));
        assertThat(stage.texts("select input::json -> 'parameters' ->> 'first' from reprise.run where source = ?"
                        + " order by seq"))
                .containsExactly("0", "1");
    }

    @Test
    void definitionsAreFollowedWhileTheWorkerRunsAndChangeNewRecordsOnly() throws Exception {
        trigger("start: {pipeline: load, parameters: {region: old}}\n");
        try (TriggerReaders _ = readers()) {
            stage.produce(List.of("{}"));
            stage.awaitRuns(1);

            trigger("start: {pipeline: load, parameters: {region: new}}\n");
            await().atMost(TriggerStage.PATIENCE)
                    .until(() -> stage.ledger()
                            .triggers()
                            .byName(stage.name())
                            .flatMap(it -> it.definition())
                            .orElse("")
                            .contains("new"));
            stage.produce(List.of("{}"));
            stage.awaitRuns(2);

            catalog.without(stage.name()).apply();
            await().atMost(TriggerStage.PATIENCE).until(() -> stage.state().equals("REMOVED"));
            stage.produce(List.of("{}"));
            trigger("start: {pipeline: load, parameters: {region: back}}\n");
            stage.awaitRuns(3);
        }

        assertThat(stage.texts("select input::json -> 'parameters' ->> 'region' from reprise.run where source = ?"
                        + " order by seq"))
                .containsExactly("old", "new", "back");
    }

    @Test
    void oneConsumerServesAllTriggersOfATopicAndAPausedOneKeepsNoOther() throws Exception {
        String first = stage.name();
        String second = first + "-too";
        trigger("start: {pipeline: load}\n");
        catalog.trigger(second, head() + "start: {pipeline: load, parameters: {region: US}}\n")
                .apply();
        try (TriggerReaders _ = readers()) {
            stage.produce(records(0, 20));
            stage.awaitRuns(20);
            await().atMost(TriggerStage.PATIENCE).until(() -> runs(second) == 20);
            assertThat(members("group." + first)).isOne();

            stage.ledger().triggers().pause(first, "to test", "tester");
            await().atMost(TriggerStage.PATIENCE).until(() -> stage.state().equals("PAUSED"));
            stage.produce(records(20, 60));
            await().atMost(TriggerStage.PATIENCE).until(() -> runs(second) == 60);
            assertThat(runs(first)).isEqualTo(20);

            stage.ledger().triggers().resume(first, Optional.empty());
            stage.produce(records(60, 70));
            stage.awaitRuns(70);
            await().atMost(TriggerStage.PATIENCE).until(() -> runs(second) == 70);
        }
    }

    @Test
    void aNewTriggerBeginsWhereItSaysAndIsNotReadTwiceFromThere() throws Exception {
        stage.produce(records(0, 10));
        trigger("start: {pipeline: load}\nstart-at: latest\n");
        try (TriggerReaders _ = readers()) {
            await().atMost(TriggerStage.PATIENCE).until(() -> stage.state().equals("RUNNING"));
            stage.awaitPosition(10);
        }
        stage.produce(records(10, 13));

        try (TriggerReaders _ = readers()) {
            stage.awaitRuns(3);
        }
    }

    @Test
    void aTriggerThatIsSetBackReadsAgainAndStartsNothingTwiceEvenByAnotherDefinition() throws Exception {
        trigger("start: {pipeline: load, parameters: {region: old}}\n");
        try (TriggerReaders _ = readers()) {
            stage.produce(records(0, 10), "one key");
            stage.awaitRuns(10);
            stage.ledger().triggers().pause(stage.name(), "to test", "tester");
            await().atMost(TriggerStage.PATIENCE).until(() -> stage.state().equals("PAUSED"));
            trigger("start: {pipeline: load, parameters: {region: new}}\n");
            await().atMost(TriggerStage.PATIENCE)
                    .until(() -> stage.ledger()
                            .triggerPlaces()
                            .offsetsAt(stage.name(), Instant.EPOCH)
                            .isPresent());

            stage.ledger().triggerPlaces().set(stage.name(), log(), Map.of(0, 0L, 1, 0L));
            stage.ledger().triggers().resume(stage.name(), Optional.empty());

            stage.awaitPosition(10);
            stage.produce(records(10, 11), "one key");
            stage.awaitRuns(11);
            await().atMost(TriggerStage.PATIENCE)
                    .until(() -> stage.ledger()
                            .triggers()
                            .byName(stage.name())
                            .orElseThrow()
                            .lag()
                            .contains("committed"));
        }

        assertThat(stage.ledger()
                        .triggerPlaces()
                        .offsetsAt(stage.name(), Instant.EPOCH)
                        .orElseThrow())
                .isEqualTo("{\"0\": 0, \"1\": 0}");
        assertThat(stage.texts("select code from reprise.dead_letter where trigger = ?"))
                .isEmpty();
        assertThat(stage.texts(RUNS)).hasSize(11);
    }

    @Test
    void aStormOfPoisonStopsTheTriggerBeforeThereAreLettersUntilAnOperatorResumes() throws Exception {
        trigger("start: {pipeline: load}\ndead-letter: {storm: {percent: 50, least: 30}}\n");
        stage.produce(IntStream.range(0, 60).mapToObj(n -> "poison").toList(), "one key");
        try (TriggerReaders _ = readers()) {
            await().atMost(TriggerStage.PATIENCE).until(() -> stage.state().equals("PAUSED"));

            assertThat(stage.ledger()
                            .triggers()
                            .byName(stage.name())
                            .orElseThrow()
                            .pausedReason()
                            .orElseThrow())
                    .contains("60 of 60 records of a minute", "malformed", "at most 50 %");
            assertThat(stage.texts("select code from reprise.dead_letter where trigger = ?"))
                    .isEmpty();

            stage.ledger().triggers().resume(stage.name(), Optional.empty());
            stage.awaitPosition(60);
        }

        assertThat(stage.texts("select code from reprise.dead_letter where trigger = ?"))
                .hasSize(60);
    }

    @Test
    void recordsWaitForTheirSchemaAWhileAndForTheRegistryAsLongAsItTakes() throws Exception {
        catalog.contract();
        trigger(
                "start: {pipeline: load, parameters: {region: $.region}}\ncontract: shop.regions\ndead-letter: {attempts: 3}\n");
        stage.produce(
                List.of("late:{\"region\":\"LATE\"}", "never:{\"region\":\"NEVER\"}", "here:{\"region\":\"HERE\"}"),
                "one key");
        schemas.away = true;
        try (TriggerReaders _ = readers()) {
            await().atMost(TriggerStage.PATIENCE).until(() -> stage.state().equals("WAITING_FOR_REGISTRY"));
            assertThat(stage.texts("select code from reprise.dead_letter where trigger = ?"))
                    .isEmpty();

            schemas.away = false;
            stage.awaitPosition(3);
            String letter = stage.texts("select dead_letter_id from reprise.dead_letter where trigger = ?")
                    .getFirst();
            schemas.late = true;
            assertThat(stage.ledger().deadLetters().ask(letter, "ann")).isTrue();
            await().atMost(TriggerStage.PATIENCE)
                    .until(() -> stage.texts(
                                    "select status || ' ' || resolved_by from reprise.dead_letter where trigger = ?")
                            .equals(List.of("REPLAYED ann")));
        }

        assertThat(stage.texts("select input::json -> 'parameters' ->> 'region' from reprise.run where source = ?"
                        + " order by seq"))
                .containsExactly("LATE", "HERE", "NEVER");
        assertThat(stage.texts("select code || ' ' || message from reprise.dead_letter where trigger = ?"))
                .containsExactly("unknown-schema cannot read a record: nobody has never");
    }

    private static String log() {
        return stage.ledger()
                .triggers()
                .byName(stage.name())
                .flatMap(it -> it.topicLog())
                .orElseThrow();
    }

    @Test
    void ordersAreATriggerLikeAnyOther() throws Exception {
        trigger("start: {workflow: order}\nid: $.orderId\nkey: $.orderId\norder: start-order\n");

        try (TriggerReaders _ = readers()) {
            stage.produce(List.of(
                    "{\"orderId\":\"" + stage.name() + "\",\"accountId\":\"a\",\"currency\":\"EUR\",\"lines\":["
                            + "{\"sku\":\"s\",\"quantity\":1,\"unitPriceMinor\":5}]}",
                    "{\"orderId\":\"x\"}"));
            stage.awaitRuns(1);
            stage.awaitPosition(2);
        }

        assertThat(
                        stage.texts(
                                "select workflow_id || ' ' || order_rule || ' ' || order_key from reprise.run where source = ?"))
                .containsExactly("order/" + stage.name() + " start-order " + stage.name() + ":" + stage.name());
        assertThat(stage.texts("select fingerprint from reprise.dead_letter where trigger = ?"))
                .containsExactly("invalid:/accountId /currency /lines");
    }

    private void trigger(String text) throws Exception {
        catalog.trigger(stage.name(), head() + text).apply();
    }

    private static String head() {
        return "topic: " + stage.name() + "\ngroup: group." + stage.name() + "\n";
    }

    private static TriggerReaders readers() throws Exception {
        stage.ensureTopic();
        return TriggerReaders.follow(
                stage.ledger(),
                stage.kafka().bootstrapServers(),
                stage.topics(),
                new TriggerReaders.Own(List.of(), List.of(), StepMode.REGULAR, () -> schemas),
                () -> {},
                stage.meters(),
                Clock.systemUTC());
    }

    private static List<String> records(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> "{\"n\":" + n + "}").toList();
    }

    private static int runs(String trigger) throws SQLException {
        return stage.texts(RUNS, trigger).size();
    }

    private static int members(String group) throws Exception {
        try (var admin = stage.admin()) {
            return Optional.ofNullable(admin.describeConsumerGroups(List.of(group))
                            .all()
                            .get()
                            .get(group))
                    .orElseThrow()
                    .members()
                    .size();
        }
    }
}
