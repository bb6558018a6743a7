package io.reprise.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractGateTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    @TempDir
    private Path root;

    private List<String> lines(ContractsOnDisk catalog) {
        return lines(catalog, ReleasedContracts.NONE);
    }

    private List<String> lines(ContractsOnDisk catalog, ReleasedContracts released) {
        return ContractGate.check(catalog.root(), released, TODAY).orElseThrow().findings().stream()
                .map(Finding::toString)
                .toList();
    }

    @Test
    void soundContractsHaveNoFinding() {
        var report = ContractGate.check(ContractsOnDisk.sound(root).root(), ReleasedContracts.NONE, TODAY)
                .orElseThrow();

        assertThat(report.findings()).isEmpty();
        assertThat(report.subjects()).isEqualTo(1);
        assertThat(report.versions()).isEqualTo(2);
    }

    @Test
    void aFindingSaysWhereItIsAndWhatToDo() {
        ContractsOnDisk catalog = ContractsOnDisk.sound(root)
                .file("events/v2.avsc", ContractsOnDisk.FIRST.replace("timestamp-millis", "timestamp-micros"));

        assertThat(lines(catalog))
                .containsExactly(
                        "contracts/events/v2.avsc:3:34 /fields/1/type: timestamp-unit-changed: found the logical"
                                + " type timestamp-micros (expected: the logical type timestamp-millis, as before); add another"
                                + " field in the new unit: readers would be wrong by a factor");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "doc": "When."}             | "doc": ""}                              | missing-doc            | /fields/1
            "doc": "What happened."     | "x": 1                                  | missing-doc            |
            "name": "eventId", "type": "string" | "name": "eventId", "type": ["null", "string"] | nullable-key | /fields/0
            "type": {"type": "long", "logicalType": "timestamp-millis"} | "type": "long" | event-time-type | /fields/1
            "type": {"type": "long", "logicalType": "timestamp-millis"} | "type": {"type": "long", "logicalType": "timestamp-milis"} | logical-type-ignored | /fields/1/type
            "type": {"type": "long", "logicalType": "timestamp-millis"} | "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}] | nullable-event-time | /fields/1
            "name": "amount", "type"    | "name": "EVENTID", "type"               | names-collide          | /fields/2
            ["null", "long"], "default" | ["long", "null"], "default"             | default-not-first      | /fields/2/default
            "name": "amount", "type"    | "name": "amount", "logicalType": "decimal", "type" | logical-type-ignored | /fields/2
            ["null", "long"]            | ["null", {"type": "bytes", "logicalType": "decimal", "scale": 2}] | logical-type-ignored | /fields/2/type/1
            """)
    void looksAtTheNewestVersionByItself(String before, String after, String rule, String path) {
        ContractsOnDisk catalog = new ContractsOnDisk(root)
                .file("events/contract.yaml", ContractsOnDisk.EVENTS)
                .file("events/v1.avsc", ContractsOnDisk.FIRST.replace(before, after));

        List<Finding> findings = ContractGate.check(root, ReleasedContracts.NONE, TODAY)
                .orElseThrow()
                .findings();

        assertThat(lines(catalog)).isNotEmpty();
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.rule().written()).isEqualTo(rule);
            assertThat(finding.path()).isEqualTo(path == null ? "" : path);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            owner: shop-team       | missing-owner
            key: eventId           | missing-key
            event-time: occurredAt | missing-event-time
            """)
    void tellsWhatAContractLeavesOut(String line, String rule) {
        ContractsOnDisk catalog = ContractsOnDisk.sound(root)
                .file("events/contract.yaml", ContractsOnDisk.EVENTS.replace(line + "\n", ""));

        assertThat(lines(catalog)).singleElement().asString().contains(": " + rule + ": found no ");
    }

    @Test
    void anEnumNeedsADefaultWhereOlderReadersReadNewData() {
        ContractsOnDisk catalog = new ContractsOnDisk(root)
                .file("events/contract.yaml", ContractsOnDisk.EVENTS.replace("BACKWARD", "FULL"))
                .file(
                        "events/v1.avsc",
                        ContractsOnDisk.FIRST.replace(
                                "\"string\"", "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"]}"));

        assertThat(lines(catalog)).singleElement().asString().contains("/fields/0/type: enum-without-default: ");
    }

    @Test
    void aWaiverLetsThroughUntilItsDay() {
        ContractsOnDisk catalog = ContractsOnDisk.sound(root)
                .file("events/v2.avsc", ContractsOnDisk.FIRST.replace("timestamp-millis", "timestamp-micros"));

        assertThat(lines(waiving(catalog, "2026-11-22", ""))).isEmpty();
        assertThat(lines(waiving(catalog, "2026-11-22", ", path: /fields/1/type")))
                .isEmpty();
        assertThat(lines(waiving(catalog, "2026-11-21", "")))
                .hasSize(2)
                .anyMatch(line ->
                        line.contains("waivers[0]: waiver-expired: found a waiver of timestamp-unit-changed that"
                                + " ended on 2026-11-21"))
                .anyMatch(line -> line.contains("timestamp-unit-changed: found"));
        assertThat(lines(waiving(catalog, "2026-11-22", ", path: /fields/0")))
                .hasSize(2)
                .anyMatch(line -> line.contains("waivers[0]: waiver-unused: "));
    }

    private static ContractsOnDisk waiving(ContractsOnDisk catalog, String until, String more) {
        return catalog.file(
                "events/contract.yaml",
                ContractsOnDisk.EVENTS + "waivers: [{rule: timestamp-unit-changed, version: 2, until: " + until
                        + ", reason: all readers were mended" + more + "}]\n");
    }

    @Test
    void whatIsWaivedIsNotToldAgainByGoldenRecords() {
        ContractsOnDisk catalog = ContractsOnDisk.sound(root)
                .file("events/v2.avsc", ContractsOnDisk.FIRST.replace("timestamp-millis", "timestamp-micros"))
                .file("events/v3.avsc", ContractsOnDisk.SECOND.replace("timestamp-millis", "timestamp-micros"))
                .file(
                        "events/contract.yaml",
                        ContractsOnDisk.EVENTS.replace("BACKWARD", "FULL_TRANSITIVE")
                                + "waivers: [{rule: timestamp-unit-changed, version: 2, until: 2027-01-31, reason: mended}]\n");

        assertThat(lines(catalog)).isEmpty();
    }

    @Test
    void goldenRecordsAreReadByTheOtherVersions() {
        ContractsOnDisk catalog = ContractsOnDisk.sound(root)
                .file("events/golden/v1/usual.json", """
                        {"eventId": "e-1", "occurredAt": 1767225600000, "amount": {"long": 5}}""")
                .file("events/golden/v1/least.bin", new byte[] {0, 0, 0});

        assertThat(lines(catalog)).isEmpty();
    }

    @Test
    void aGoldenRecordThatIsNoneOfItsVersionIsAFinding() {
        ContractsOnDisk catalog = ContractsOnDisk.sound(root)
                .file("events/golden/v1/other.json", "{\"eventId\": 1}")
                .file("events/golden/v1/cut.bin", new byte[] {2})
                .file("events/golden/v1/long.bin", new byte[] {0, 0, 0, 0});

        assertThat(lines(catalog)).hasSize(3).allMatch(line -> line.contains(": golden-unreadable: found contracts/"));
    }

    @Test
    void whatWasReleasedStaysAsItIs() {
        ContractsOnDisk catalog = ContractsOnDisk.sound(root);
        ReleasedContracts released = new ReleasedContracts(
                "main",
                Map.of(
                        "contracts/events/v1.avsc", ContractsOnDisk.FIRST.replace("\n", " \n"),
                        "contracts/events/v2.avsc", ContractsOnDisk.FIRST,
                        "contracts/events/v3.avsc", ContractsOnDisk.FIRST,
                        "contracts/gone/v1.avsc", ContractsOnDisk.FIRST));

        assertThat(lines(catalog, released))
                .containsExactly(
                        "contracts/events/contract.yaml:1:1: released-removed: found no version 3 (expected: the one that"
                                + " main has); put the released version back; retired: lists those of which no data is"
                                + " left",
                        "contracts/events/v2.avsc:1:1: released-changed: found version 2 changed (expected: as main has"
                                + " it); put the released version back, and write the change into a new version",
                        "contracts/gone:1:1: released-removed: found no contract (expected: the one that main has); put the"
                                + " released version back; retired: lists those of which no data is left");
    }

    @Test
    void retiredVersionsBindNobody() {
        ContractsOnDisk catalog = ContractsOnDisk.sound(root)
                .file(
                        "events/v1.avsc",
                        ContractsOnDisk.FIRST.replace("[\"null\", \"long\"], \"default\": null", "\"string\""));

        assertThat(lines(catalog)).singleElement().asString().contains(": incompatible: version 2 cannot read");

        catalog.file("events/contract.yaml", ContractsOnDisk.EVENTS + "retired: [1]\n");

        assertThat(lines(catalog)).isEmpty();
    }

    @Test
    void whatCannotBeReadIsAFinding() {
        ContractsOnDisk catalog = ContractsOnDisk.sound(root).file("events/v2.avsc", "{");

        assertThat(lines(catalog)).singleElement().asString().startsWith("contracts/events/v2.avsc:1:2: definition: ");
    }

    @Test
    void aSchemaThatContainsItselfComesToAnEnd() {
        String tree = """
                {"type": "record", "name": "Tree", "doc": "d", "fields": [
                  {"name": "id", "type": "string", "doc": "d"},
                  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}, "doc": "d"},
                  {"name": "below", "type": {"type": "array", "items": "Tree"}, "doc": "d"}]}
                """;
        ContractsOnDisk catalog = new ContractsOnDisk(root)
                .file("tree/contract.yaml", """
                        {subject: tree, owner: me, compatibility: FULL_TRANSITIVE, key: id, event-time: at}
                        """)
                .file("tree/v1.avsc", tree)
                .file(
                        "tree/v2.avsc",
                        tree.replace(
                                "]}\n",
                                ", {\"name\": \"next\", \"type\": [\"null\", \"Tree\"], \"default\": null, \"doc\": \"d\"}]}\n"));

        assertThat(lines(catalog)).isEmpty();
    }
}
