package io.reprise.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The changes that Avro's own checker lets through, and what the gate says of each by mode; then each the other way round. */
class MissedByAvroTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    @TempDir
    private Path root;

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            timestamp-millis -> micros    | BACKWARD | "type": {"type": "long", "logicalType": "timestamp-millis"} | "type": {"type": "long", "logicalType": "timestamp-micros"} | timestamp-unit-changed | /fields/1/type
            timestamp-millis -> micros    | FORWARD  | "type": {"type": "long", "logicalType": "timestamp-millis"} | "type": {"type": "long", "logicalType": "timestamp-micros"} | timestamp-unit-changed | /fields/1/type
            decimal scale 2 -> 4          | BACKWARD | "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2} | "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 4} | decimal-scale-changed | /fields/1/type/scale
            decimal scale 2 -> 4          | FORWARD  | "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2} | "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 4} | decimal-scale-changed | /fields/1/type/scale
            decimal precision 9 -> 7      | BACKWARD | "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2} | "type": {"type": "bytes", "logicalType": "decimal", "precision": 7, "scale": 2} | decimal-precision-changed | /fields/1/type/precision
            decimal precision 7 -> 9      | BACKWARD | "type": {"type": "bytes", "logicalType": "decimal", "precision": 7, "scale": 2} | "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2} | |
            decimal precision 7 -> 9      | FORWARD  | "type": {"type": "bytes", "logicalType": "decimal", "precision": 7, "scale": 2} | "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2} | decimal-precision-changed | /fields/1/type/precision
            default 0 -> 1                | BACKWARD | "type": "int", "default": 0 | "type": "int", "default": 1 | default-changed | /fields/1/default
            default 0 -> 1                | FORWARD  | "type": "int", "default": 0 | "type": "int", "default": 1 | default-changed | /fields/1/default
            default 0 -> 1                | NONE     | "type": "int", "default": 0 | "type": "int", "default": 1 | |
            drop uuid logical type        | BACKWARD | "type": {"type": "string", "logicalType": "uuid"} | "type": "string" | logical-type-changed | /fields/1/type
            drop uuid logical type        | FORWARD  | "type": {"type": "string", "logicalType": "uuid"} | "type": "string" | logical-type-changed | /fields/1/type
            add uuid logical type         | BACKWARD | "type": "string" | "type": {"type": "string", "logicalType": "uuid"} | logical-type-changed | /fields/1/type
            string -> bytes               | BACKWARD | "type": "string" | "type": "bytes" | string-bytes-changed | /fields/1/type
            string -> bytes               | FORWARD  | "type": "string" | "type": "bytes" | string-bytes-changed | /fields/1/type
            bytes -> string in a union    | FULL     | "type": ["null", "bytes"] | "type": ["null", "string"] | string-bytes-changed | /fields/1/type/1
            namespace change              | BACKWARD | "type": {"type": "record", "doc": "d", "name": "In", "namespace": "a", "fields": [{"name": "x", "type": "int", "doc": "d"}]} | "type": {"type": "record", "doc": "d", "name": "In", "namespace": "b", "fields": [{"name": "x", "type": "int", "doc": "d"}]} | namespace-changed | /fields/1/type
            namespace change              | FORWARD  | "type": {"type": "record", "doc": "d", "name": "In", "namespace": "a", "fields": [{"name": "x", "type": "int", "doc": "d"}]} | "type": {"type": "record", "doc": "d", "name": "In", "namespace": "b", "fields": [{"name": "x", "type": "int", "doc": "d"}]} | namespace-changed | /fields/1/type
            rename with alias             | BACKWARD | "name": "value", "type": "int" | "name": "worth", "aliases": ["value"], "type": "int" | |
            rename with alias             | FORWARD  | "name": "value", "type": "int" | "name": "worth", "aliases": ["value"], "type": "int" | incompatible | /fields/1
            rename with alias             | FULL     | "name": "value", "type": "int" | "name": "worth", "aliases": ["value"], "type": "int" | incompatible | /fields/1
            rename with alias and default | FULL     | "name": "value", "type": "int", "default": 0 | "name": "worth", "aliases": ["value"], "type": "int", "default": 0 | renamed-reads-default | /fields/1
            enum symbol added, no default | BACKWARD | "type": {"type": "enum", "name": "E", "symbols": ["A"]} | "type": {"type": "enum", "name": "E", "symbols": ["A", "B"]} | |
            enum symbol added, no default | FORWARD  | "type": {"type": "enum", "name": "E", "symbols": ["A"]} | "type": {"type": "enum", "name": "E", "symbols": ["A", "B"]} | incompatible | /fields/1/type/symbols
            enum symbol added, default    | FORWARD  | "type": {"type": "enum", "name": "E", "symbols": ["A"], "default": "A"} | "type": {"type": "enum", "name": "E", "symbols": ["A", "B"], "default": "A"} | |
            enum symbol removed           | BACKWARD | "type": {"type": "enum", "name": "E", "symbols": ["A", "B"]} | "type": {"type": "enum", "name": "E", "symbols": ["A"]} | incompatible | /fields/1/type/symbols
            enum default changed          | BACKWARD | "type": {"type": "enum", "name": "E", "symbols": ["A", "B"], "default": "A"} | "type": {"type": "enum", "name": "E", "symbols": ["A", "B"], "default": "B"} | default-changed | /fields/1/type/default
            long -> double                | BACKWARD | "type": "long" | "type": "double" | precision-lost | /fields/1/type
            double -> long                | FORWARD  | "type": "double" | "type": "long" | precision-lost | /fields/1/type
            int -> long                   | BACKWARD | "type": "int" | "type": "long" | |
            """)
    void isFoundWhereItIsDangerous(String change, String mode, String before, String after, String rule, String path) {
        List<Finding> findings = changing(mode, before, after);

        if (rule == null) {
            assertThat(findings).as(change).isEmpty();
            return;
        }
        assertThat(findings).as(change).hasSize(1).first().satisfies(finding -> {
            assertThat(finding.rule().written()).isEqualTo(rule);
            assertThat(finding.path()).isEqualTo(path);
            assertThat(finding.version()).isEqualTo(2);
            assertThat(finding.against()).hasValue(1);
        });
    }

    @ParameterizedTest
    @CsvSource({"BACKWARD", "FORWARD", "FULL"})
    void aRecordOfAnotherNameIsCaughtByAvro(String mode) {
        ContractsOnDisk catalog = contract(mode)
                .file("events/v1.avsc", schema("\"type\": \"int\""))
                .file("events/v2.avsc", schema("\"type\": \"int\"").replace("\"Event\"", "\"Happening\""));

        assertThat(findings(catalog)).isNotEmpty().allMatch(finding -> finding.rule() == Rule.INCOMPATIBLE);
    }

    @Test
    void eachOfTwoStepsMayGoWhereBothTogetherDoNot() {
        String without = schema("\"name\": \"other\", \"type\": \"int\", \"default\": 0");
        ContractsOnDisk catalog = contract("BACKWARD")
                .file("events/v1.avsc", schema("\"type\": \"string\", \"default\": \"\""))
                .file("events/v2.avsc", without)
                .file("events/v3.avsc", schema("\"type\": \"int\", \"default\": 0"));

        assertThat(findings(catalog)).isEmpty();

        assertThat(findings(contract("BACKWARD_TRANSITIVE"))).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(Rule.INCOMPATIBLE);
            assertThat(finding.version()).isEqualTo(3);
            assertThat(finding.against()).hasValue(1);
            assertThat(finding.path()).startsWith("/fields/1/type");
            assertThat(finding.words()).startsWith("version 3 cannot read what version 1 wrote: type mismatch, ");
        });
    }

    @Test
    void anAliasUnderWhichThereIsDataMustStay() {
        ContractsOnDisk catalog = contract("BACKWARD")
                .file("events/v1.avsc", schema("\"name\": \"value\", \"type\": \"int\""))
                .file(
                        "events/v2.avsc",
                        schema("\"name\": \"worth\", \"aliases\": [\"value\"], \"type\": \"int\", \"default\": 0"))
                .file("events/v3.avsc", schema("\"name\": \"worth\", \"type\": \"int\", \"default\": 0"));

        assertThat(findings(catalog)).extracting(Finding::rule).containsExactly(Rule.ALIAS_DROPPED);
    }

    @Test
    void anEnumOfAnotherNamespaceIsNotReadAtAll() {
        String one =
                schema("\"type\": {\"type\": \"enum\", \"name\": \"E\", \"namespace\": \"a\", \"symbols\": [\"A\"]}");
        ContractsOnDisk catalog =
                contract("BACKWARD").file("events/v1.avsc", one).file("events/v2.avsc", one.replace("\"a\"", "\"b\""));

        assertThat(findings(catalog)).extracting(Finding::rule).contains(Rule.NAMESPACE_CHANGED);
    }

    private List<Finding> changing(String mode, String before, String after) {
        return findings(contract(mode).file("events/v1.avsc", schema(before)).file("events/v2.avsc", schema(after)));
    }

    private ContractsOnDisk contract(String mode) {
        return new ContractsOnDisk(root).file("events/contract.yaml", """
                subject: events
                owner: shop-team
                compatibility: %s
                key: eventId
                waivers:
                  - {rule: missing-event-time, version: 2, until: 2027-01-31, reason: it has none}
                  - {rule: missing-event-time, version: 3, until: 2027-01-31, reason: it has none}
                  - {rule: enum-without-default, version: 2, until: 2027-01-31, reason: it is on trial}
                """.formatted(mode));
    }

    private static List<Finding> findings(ContractsOnDisk catalog) {
        return ContractGate.check(catalog.root(), ReleasedContracts.NONE, TODAY).orElseThrow().findings().stream()
                .filter(finding -> finding.rule() != Rule.WAIVER_UNUSED)
                .toList();
    }

    /** A record whose second field is called "value", unless it says another name. */
    private static String schema(String field) {
        String named = field.startsWith("\"name\": \"") ? field : "\"name\": \"value\", " + field;
        return """
                {"type": "record", "name": "Event", "doc": "d", "fields": [
                  {"name": "eventId", "type": "string", "doc": "d"},
                  {%s, "doc": "d"}]}
                """.formatted(named);
    }
}
