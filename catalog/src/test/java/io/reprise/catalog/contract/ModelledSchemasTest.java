package io.reprise.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gate over contracts such as public projects have, each with the findings that a careful reader would have. */
class ModelledSchemasTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    @TempDir
    private Path root;

    private static List<String> findings(Path catalog, String subject) {
        return ContractGate.check(catalog, ReleasedContracts.NONE, TODAY).orElseThrow().findings().stream()
                .filter(finding -> finding.subject().equals(subject))
                .map(finding -> finding.version()
                        + finding.against().stream()
                                .mapToObj(it -> "/" + it)
                                .findFirst()
                                .orElse("")
                        + " " + finding.rule().written() + " " + finding.path())
                .map(String::strip)
                .toList();
    }

    private static Path modelled() throws IOException {
        return Path.of("src/test/resources/modelled").toRealPath();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bank.accounts   | 3/2 logical-type-changed /fields/2/type/fields/3/type
            web.views       | 3/2 incompatible /fields/5/type/values/5
            pay.captures    | 2/1 decimal-scale-changed /fields/2/type/scale, 3/2 incompatible /fields/4/type/size
            staff.changes   | 2/1 renamed-reads-default /fields/2, 3/2 alias-dropped /fields/2/aliases
            fleet.telemetry | 3/2 timestamp-unit-changed /fields/1/type, 3/2 precision-lost /fields/3/type
            jobs.failures   | 2 enum-without-default /fields/2/type
            iot.readings    | 2/1 logical-type-changed /fields/0/type, 2/1 default-changed /fields/3/default, 2/1 namespace-changed /fields/5/type, 2/1 string-bytes-changed /fields/7/type, 2/1 default-changed /fields/7/default
            """)
    void findsWhatIsWrongWithThemAndNothingElse(String subject, String expected) throws IOException {
        assertThat(String.join(", ", findings(modelled(), subject))).isEqualTo(expected);
    }

    @Test
    void readsAvrosOwnSchemaOfAnyJson() throws IOException {
        try (InputStream text = Schema.class.getResourceAsStream("/org/apache/avro/data/Json.avsc")) {
            String json = new String(text.readAllBytes(), StandardCharsets.UTF_8);
            new ContractsOnDisk(root)
                    .file("json/contract.yaml", "{subject: json, owner: avro, compatibility: FULL_TRANSITIVE}")
                    .file("json/v1.avsc", json)
                    .file("json/v2.avsc", json);
        }

        assertThat(findings(root, "json"))
                .containsExactly("2 missing-key", "2 missing-event-time", "2 missing-doc", "2 missing-doc /fields/0");
    }

    @Test
    void readsRecordsOfHundredsOfFields() {
        new ContractsOnDisk(root)
                .file(
                        "wide/contract.yaml",
                        "{subject: wide, owner: me, compatibility: FULL_TRANSITIVE, key: f0, event-time: at}")
                .file("wide/v1.avsc", wide(300))
                .file("wide/v2.avsc", wide(340))
                .file(
                        "wide/v3.avsc",
                        wide(340)
                                .replace(
                                        "\"f299\", \"type\": [\"null\", \"long\"]",
                                        "\"f299\", \"type\": [\"null\", \"int\"]"));

        assertThat(findings(root, "wide"))
                .containsExactly("3/1 incompatible /fields/300/type/1", "3/2 incompatible /fields/300/type/1");
    }

    private static String wide(int fields) {
        StringBuilder text =
                new StringBuilder("{\"type\": \"record\", \"name\": \"Wide\", \"doc\": \"d\", \"fields\": [");
        text.append("{\"name\": \"f0\", \"type\": \"string\", \"doc\": \"d\"},")
                .append(
                        "{\"name\": \"at\", \"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}, \"doc\": \"d\"}");
        for (int field = 1; field < fields; field++) {
            text.append(",\n{\"name\": \"f" + field
                    + "\", \"type\": [\"null\", \"long\"], \"default\": null, \"doc\": \"d\"}");
        }
        return text.append("]}").toString();
    }
}
