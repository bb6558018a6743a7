package io.reprise.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractReaderTest {

    @TempDir
    private Path root;

    @Test
    void readsAContractWithAllItsVersions() {
        ContractDefinition contract = ContractsOnDisk.sound(root)
                .file("events/contract.yaml", ContractsOnDisk.EVENTS + """
                        description: What happens in the shop
                        retention: 180d
                        tags: {eventId: pii, amount: ["unit:cent", "currency:EUR"]}
                        retired: 1
                        waivers: [{rule: default-changed, version: 2, until: 2027-01-31, reason: "nobody reads it"}]
                        """)
                .contract();

        assertThat(contract.subject()).hasToString("events");
        assertThat(contract.topic()).isEqualTo("shop.events");
        assertThat(contract.owner()).contains("shop-team");
        assertThat(contract.compatibility()).isEqualTo(Compatibility.BACKWARD);
        assertThat(contract.key()).contains("eventId");
        assertThat(contract.eventTime()).contains("occurredAt");
        assertThat(contract.retention()).contains(Duration.ofDays(180));
        assertThat(contract.tags())
                .isEqualTo(Map.of("eventId", List.of("pii"), "amount", List.of("unit:cent", "currency:EUR")));
        assertThat(contract.waivers())
                .containsExactly(new Waiver(
                        Rule.DEFAULT_CHANGED, 2, Optional.empty(), LocalDate.parse("2027-01-31"), "nobody reads it"));
        assertThat(contract.versions()).extracting(SchemaVersion::version).containsExactly(1, 2);
        assertThat(contract.alive()).extracting(SchemaVersion::version).containsExactly(2);
        assertThat(contract.newest().schema().getField("note")).isNotNull();
        assertThat(ContractDefinition.fromJson(contract.json())).isEqualTo(contract);
        assertThat(ContractDefinition.fromJson(contract.json()).hash()).isEqualTo(contract.hash());
    }

    @Test
    void howASchemaIsIndentedMakesNoOtherDefinition() {
        ContractsOnDisk catalog = ContractsOnDisk.sound(root);
        String before = catalog.contract().hash();

        catalog.file("events/v2.avsc", ContractsOnDisk.SECOND.replace("\n", "\n\t  "));

        assertThat(catalog.contract().hash()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            subject: events          | subject: event           | contract.yaml:1:10 subject: found 'event' (expected: the name of its folder, events)
            owner: shop-team         | ownr: shop-team          | contract.yaml:3:1 ownr: found unknown key 'ownr' (expected: one of subject, topic, description, owner, compatibility, key, event-time, retention, tags, retired, waivers; nearest: owner)
            BACKWARD                 | BACKWARDS                | contract.yaml:4:16 compatibility: found 'BACKWARDS' (expected: one of NONE, BACKWARD, BACKWARD_TRANSITIVE, FORWARD, FORWARD_TRANSITIVE, FULL, FULL_TRANSITIVE; nearest: BACKWARD)
            compatibility: BACKWARD  | description: x           | contract.yaml:1:1: found no 'compatibility' (expected: compatibility: BACKWARD, FORWARD, FULL, each also with _TRANSITIVE, or NONE)
            key: eventId             | key: eventid             | contract.yaml:5:6 key: found the unknown field 'eventid' (expected: one of eventId, occurredAt, amount, note; nearest: eventId)
            key: eventId             | key: amount.minor        | contract.yaml:5:6 key: found the unknown field 'amount.minor' (expected: none, for there are none)
            event-time: occurredAt   | event-time: $.occurredAt | contract.yaml:6:13 event-time: found '$.occurredAt' (expected: the path of a field, such as customer.country)
            owner: shop-team         | tags: {amont: pii}       | contract.yaml:3:8 tags.amont: found the unknown field 'amont' (expected: one of eventId, occurredAt, amount, note; nearest: amount)
            owner: shop-team         | tags: {amount: pi}       | contract.yaml:3:16 tags.amount: found the unknown tag 'pi' (expected: one of pii, unit, currency; nearest: pii)
            owner: shop-team         | tags: {amount: unit}     | contract.yaml:3:16 tags.amount: found 'unit' (expected: pii, unit:<what is counted>, such as unit:kg, or currency:<its code>)
            owner: shop-team         | tags: {amount: [currency:EURO]} | contract.yaml:3:17 tags.amount[0]: found the currency 'EURO' (expected: a code of ISO 4217, such as EUR, or the field that holds one)
            owner: shop-team         | retired: [2]             | contract.yaml:3:11 retired[0]: found the newest version, 2 (expected: versions of which no data is left)
            owner: shop-team         | retired: [3]             | contract.yaml:3:11 retired[0]: found the unknown version 3 (expected: one of 1, 2; nearest: 1)
            owner: shop-team         | waivers: [{rule: defaultchanged, version: 2, until: 2027-01-31, reason: y}] | contract.yaml:3:18 waivers[0].rule: found the rule 'defaultchanged' (expected: one of
            owner: shop-team         | waivers: [{rule: default-changed, until: 2027-01-31, reason: y}] | contract.yaml:3:11 waivers[0]: found no 'version' (expected: version: the version that brought it in)
            owner: shop-team         | waivers: [{rule: default-changed, version: 2, reason: y}] | contract.yaml:3:11 waivers[0]: found no 'until' (expected: until: the last day on which it holds, such as 2027-01-31)
            owner: shop-team         | waivers: [{rule: default-changed, version: 2, until: 2027-01-31}] | contract.yaml:3:11 waivers[0]: found no 'reason' (expected: reason: why)
            owner: shop-team         | waivers: [{rule: default-changed, version: 2, until: soon, reason: y}] | contract.yaml:3:54 waivers[0].until: found 'soon' (expected: a day such as 2027-01-31)
            owner: shop-team         | waivers: [{rule: incompatible, version: 2, until: 2027-01-31, reason: y}] | contract.yaml:3:18 waivers[0].rule: found the rule 'incompatible' (expected: one of
            """)
    void tellsWhereAContractIsWrong(String before, String after, String problem) {
        ContractsOnDisk catalog =
                ContractsOnDisk.sound(root).file("events/contract.yaml", ContractsOnDisk.EVENTS.replace(before, after));

        assertThat(catalog.problems()).anyMatch(line -> line.startsWith("contracts/events/" + problem));
    }

    @Test
    void tellsWhereASchemaIsWrong() {
        ContractsOnDisk catalog = ContractsOnDisk.sound(root)
                .file("events/v1.avsc", "{\"type\": \"record\",\n \"type\": \"enum\"}")
                .file("events/v2.avsc", "\"string\"")
                .file("events/v3.avsc", new byte[] {'{', (byte) 0xff})
                .file("events/v5.avsc", ContractsOnDisk.FIRST.replace("\"string\"", "\"shop.Id\""))
                .file("events/schema.avsc", ContractsOnDisk.FIRST);

        assertThat(catalog.problems())
                .containsExactly(
                        "contracts/events:1:1: found v5.avsc and no v4.avsc (expected: versions without a gap)",
                        "contracts/events/schema.avsc:1:1: found the file 'schema.avsc' (expected: contract.yaml, v1.avsc,"
                                + " v2.avsc and so on)",
                        "contracts/events/v1.avsc:2:8: found Duplicate field 'type' (expected: one JSON document)",
                        "contracts/events/v2.avsc:1:1: found no record with fields (expected: a record, for it is what a"
                                + " topic has)",
                        "contracts/events/v3.avsc:1:2: found bytes that are not UTF-8 (expected: a text in UTF-8)",
                        "contracts/events/v5.avsc:1:1: found a type that this schema does not define: shop.Id (expected:"
                                + " every type within the schema, for it refers to no other)");
    }

    @Test
    void tellsWhatIsWrongWithTheFolder() {
        ContractsOnDisk catalog = new ContractsOnDisk(root)
                .file("README.md", "hello")
                .file("-bad/contract.yaml", "subject: x")
                .file("empty/notes.txt", "")
                .file("none/contract.yaml", "subject: none\ncompatibility: NONE\n");

        assertThat(catalog.problems())
                .containsExactly(
                        "contracts/-bad:1:1: found the folder '-bad' (expected: a name, [A-Za-z0-9][A-Za-z0-9._-]{0,99})",
                        "contracts/README.md:1:1: found a file (expected: a folder with a contract.yaml)",
                        "contracts/empty:1:1: found a folder without a contract.yaml (expected: contract.yaml)",
                        "contracts/none:1:1: found no version of the schema (expected: v1.avsc)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"contract": "a", "compatibility": "NONE", "versions": []}
            {"contract": "a", "compatibility": "SOME", "versions": [{"version": 1, "schema": "{}"}]}
            {"contract": "a", "compatibility": "NONE", "versions": [{"version": 1, "schema": "{}"}]}
            {"contract": "a", "compatibility": "NONE", "versions": [{"version": 1, "schema": "\\"int\\""}]}
            {"contract": "a/b"}
            [
            """)
    void refusesATextThatIsNoContract(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ContractDefinition.fromJson(text));
    }
}
