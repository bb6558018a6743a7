package io.reprise.catalog.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.pipeline.Definitions;
import io.reprise.catalog.pipeline.DefinitionsReader;
import io.reprise.catalog.shared.CatalogProblem;
import io.reprise.workflows.run.StepMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTriggersTest {

    private static final String EVERYTHING = """
            trigger: closed
            description: Sums up what was closed
            owner: data-platform
            topic: shop.days
            group: reprise.closed
            start: {pipeline: load, parameters: {region: "$.where['the region']", many: "@records"}}
            key: $.region
            order: start-order
            filter:
              - {path: $.type, in: [closed, corrected]}
              - {path: $.test, exists: false}
              - {path: $.region, matches: "[A-Z]+"}
            start-at: 2026-01-01T00:00:00Z
            batch: {records: 50, within: 2s}
            dead-letter: {attempts: 3, storm: {percent: 20}}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void pipelines() throws IOException {
        write("connections.yaml", "warehouse: {url: \"jdbc:postgresql://localhost/warehouse\", user: etl}\n");
        write("pipelines/load/pipeline.yaml", """
                pipeline: load
                parameters: {region: {}, many: {type: integer, default: 1}}
                steps: [{id: a, connection: warehouse, sql: "insert into t values (:region, :many)"}]
                """);
        write("pipelines/daily/pipeline.yaml", """
                pipeline: daily
                slot: day
                steps: [{id: a, connection: warehouse, sql: "insert into t values (:slot_day)"}]
                """);
    }

    @Test
    void everythingThatATriggerSaysIsKeptInOneText() throws IOException {
        write("triggers/closed.yaml", EVERYTHING);

        assertThat(problems()).isEmpty();
        TriggerDefinition read = triggers().all().getFirst();
        assertThat(TriggerDefinition.fromJson(read.json())).isEqualTo(read);
        assertThat(read.json()).isEqualTo("""
                {"trigger":"closed","description":"Sums up what was closed","owner":"data-platform",\
                "topic":"shop.days","group":"reprise.closed","start":{"kind":"pipeline","name":"load",\
                "parameters":{"many":"@records","region":"$.where['the region']"}},"key":"$.region",\
                "order":"START_ORDER","filter":[{"path":"$.type","in":["closed","corrected"]},\
                {"path":"$.test","in":[],"exists":false},{"path":"$.region","in":[],"matches":"[A-Z]+"}],\
                "start-at":"2026-01-01T00:00:00Z","batch":{"records":50,"within":"PT2S"},\
                "dead-letter":{"attempts":3,"storm":{"percent":20,"least":100}}}""");
        TriggerDefinition orders = TriggerDefinition.ordersPlaced(KeyOrder.PER_KEY);
        assertThat(TriggerDefinition.fromJson(orders.json())).isEqualTo(orders);
    }

    @Test
    void aRecordThatNoFilterCanHoldIsRefusedAndNothingElse() throws IOException {
        write("triggers/x.yaml", """
                trigger: x
                topic: shop.days
                group: reprise.x
                start: {workflow: order}
                filter: [{path: $.type, matches: "(?:(?:(?:a|b)|c)|d)*"}]
                """);
        assertThat(problems()).isEmpty();
        RecordMapping mapping = RecordMapping.of(
                triggers().all().getFirst(), Optional.empty(), StepMode.REGULAR, InstantSource.fixed(Instant.EPOCH));

        assertThat(reading(mapping, "ab".repeat(5_000)))
                .isInstanceOfSatisfying(RecordReading.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo(RecordReading.Refused.MALFORMED);
                    assertThat(refused.message()).contains("StackOverflowError");
                });
        assertThat(reading(mapping, "xy")).isInstanceOf(RecordReading.Filtered.class);
    }

    private static RecordReading reading(RecordMapping mapping, String type) {
        return mapping.read(
                new RecordPlace("shop.days", "id", 0, 0, Instant.EPOCH),
                null,
                ("{\"type\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8),
                null);
    }

    @Test
    void everyProblemIsToldWhereItStands() throws IOException {
        write("triggers/closed.yaml", """
                trigger: close
                topik: shop.days
                group: two words
                start: {workflow: order, pipeline: load}
                id: region
                order: by-key
                filter: [{path: $.type}, {path: $.type, matches: "[", equals: a}]
                start-at: soon
                batch: {records: 0}
                """);

        assertThat(problems())
                .containsExactly(
                        "triggers/closed.yaml:1:1: found no 'topic' (expected: topic: the name of a topic)",
                        "triggers/closed.yaml:1:10 trigger: found 'close' (expected: the name of its file, closed)",
                        "triggers/closed.yaml:2:1 topik: found unknown key 'topik' (expected: one of "
                                + String.join(", ", TriggerReader.KEYS) + "; nearest: topic)",
                        "triggers/closed.yaml:3:8 group: found 'two words' (expected: the name of a consumer group,"
                                + " [A-Za-z0-9._:-]{1,200})",
                        "triggers/closed.yaml:4:8 start: found a workflow and a pipeline (expected: either workflow: order"
                                + " or pipeline: …)",
                        "triggers/closed.yaml:5:5 id: found 'region' (expected: a path like $.region, $.lines[0].sku or"
                                + " $['odd name'])",
                        "triggers/closed.yaml:6:8 order: found 'by-key' (expected: one of per-key, start-order, none)",
                        "triggers/closed.yaml:7:10 filter[0]: found a filter that asks nothing (expected: one of equals, in,"
                                + " exists, matches)",
                        "triggers/closed.yaml:7:50 filter[1].matches: found '[': Unclosed character class (expected: a"
                                + " regular expression for the whole text)",
                        "triggers/closed.yaml:8:11 start-at: found 'soon' (expected: earliest, latest, or an instant such as"
                                + " 2026-11-01T00:00:00Z)",
                        "triggers/closed.yaml:9:18 batch.records: found '0' (expected: a whole number from 1 to 10000)");
    }

    @Test
    void aTriggerFitsWhatItStarts() throws IOException {
        write("triggers/a.yaml", trigger("a", "{pipeline: lode}"));
        write("triggers/b.yaml", trigger("b", "{pipeline: load, slot: $.day, parameters: {regio: EU, many: x}}"));
        write("triggers/c.yaml", trigger("c", "{pipeline: daily}") + "id: $.id\n");
        write("triggers/d.yaml", trigger("d", "{workflow: order}") + "batch: {records: 2}\n");
        write("triggers/e.yaml", trigger("e", "{pipeline: load, parameters: {region: \"@topics\"}}"));
        write("triggers/f.yaml", trigger("f", "{pipeline: daily}") + "contract: shop.days\n");

        assertThat(problems())
                .containsExactly(
                        "triggers/a.yaml:4:19 start.pipeline: found the unknown pipeline 'lode' (expected: one of daily, load;"
                                + " nearest: load)",
                        "triggers/b.yaml:4:1 start: found 'x' for the parameter 'many' of 'load' (expected: a whole number of"
                                + " at most 18 digits)",
                        "triggers/b.yaml:4:1 start: found a slot for 'load', which stands for no time (expected: no slot)",
                        "triggers/b.yaml:4:1 start: found no value for the parameter 'region' of 'load' (expected:"
                                + " parameters: {region: …}, for it has no default)",
                        "triggers/b.yaml:4:1 start: found the unknown parameter 'regio' of 'load' (expected: one of many,"
                                + " region; nearest: region)",
                        "triggers/c.yaml:5:1 id: found an id for runs of 'daily', which are known by their slots (expected:"
                                + " no id)",
                        "triggers/d.yaml:5:1 batch: found a batch of orders (expected: records: 1, for every order is a run"
                                + " of its own)",
                        "triggers/e.yaml:4:1 start: found no value for the parameter 'region' of 'load' (expected:"
                                + " parameters: {region: …}, for it has no default)",
                        "triggers/e.yaml:4:46 start.parameters.region: found the unknown fact '@topics' (expected: one of"
                                + " @topic, @partition, @key, @timestamp, @first-offset, @last-offset, @records; nearest:"
                                + " @topic)",
                        "triggers/f.yaml:5:11 contract: found the unknown contract 'shop.days' (expected: none, for there are"
                                + " none)");
    }

    @Test
    void oneGroupReadsOneTopic() throws IOException {
        write("triggers/a.yaml", trigger("a", "{pipeline: daily}"));
        write("triggers/b.yaml", trigger("b", "{pipeline: daily}").replace("shop.days", "shop.months"));
        write("triggers/c.yaml", trigger("c", "{pipeline: daily}"));
        write("triggers/d.yaml", trigger("d", "{pipeline: daily}").replace("reprise.x", "reprise.orders-placed"));

        assertThat(problems())
                .containsExactly(
                        "triggers/b.yaml:3:1 group: found the group 'reprise.x', which reads shop.days already (expected: a"
                                + " group of its own for shop.months)",
                        "triggers/d.yaml:3:1 group: found the group 'reprise.orders-placed', which reads shop.orders.placed"
                                + " already (expected: a group of its own for shop.days)");
    }

    private static String trigger(String name, String start) {
        return "trigger: " + name + "\ntopic: shop.days\ngroup: reprise.x\nstart: " + start + "\n";
    }

    private CatalogTriggers triggers() {
        return CatalogTriggers.of(folder, definitions());
    }

    private Definitions definitions() {
        return DefinitionsReader.read(folder, Optional.empty(), Map.of());
    }

    private List<String> problems() {
        return definitions().with(triggers().problems()).problems().stream()
                .map(CatalogProblem::toString)
                .toList();
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(Optional.ofNullable(path.getParent()).orElse(folder));
        Files.writeString(path, text);
    }
}
