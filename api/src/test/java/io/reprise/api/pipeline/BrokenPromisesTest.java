package io.reprise.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.api.shared.Caller;
import io.reprise.api.shared.Stage;
import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.catalog.pipeline.Definitions;
import io.reprise.catalog.pipeline.DefinitionsReader;
import io.reprise.db.connection.ConnectionProbe;
import io.reprise.db.pipeline.NewDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenPromisesTest {

    private static final String FINDINGS = """
            [{"tried":"a repeated step happens once","held":true,"found":"happened 1 times, expected 1"},
             {"tried":"DDL is rolled back with its step","held":false,"found":"it is there"}]""";

    private static Stage stage;
    private static Caller caller;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start() {
        stage = new Stage();
        caller = stage.caller();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void whatAProbeDidNotHoldIsNotTaken() throws IOException {
        ObjectNode catalog = catalog("fenced");
        assertThat(post("apply", catalog).status()).isEqualTo(200);

        probed("fenced", FINDINGS.replace("false", "true"));
        assertThat(post("apply", catalog).status()).isEqualTo(200);

        probed("at-least-once", FINDINGS);
        Caller.Answer planned = post("plan", catalog);
        Caller.Answer applied = post("apply", catalog);

        assertThat(applied.status()).isEqualTo(422);
        assertThat(planned.status()).isEqualTo(422);
        assertThat(applied.json().at("/errors/0/pointer").asText()).isEqualTo("/pipelines/0");
        assertThat(applied.json().at("/errors/0/found").asText())
                .startsWith("step 'fill', a fenced step on connection 'mart': its probe of 2026-11-20 on");
        assertThat(caller.get("/api/v1/connections").json().at("/items/0/broke").asText())
                .isEqualTo(
                        "its probe of 2026-11-20 on MariaDB 11.4 found at-least-once, for it broke: DDL is rolled back"
                                + " with its step (it is there)");
        assertThat(post("apply", catalog("idempotent")).status()).isEqualTo(200);
    }

    private static Caller.Answer post(String verb, ObjectNode catalog) {
        return caller.post("/api/v1/catalog/" + verb, catalog.toString());
    }

    private void probed(String guarantee, String findings) {
        ConnectionDefinition mart =
                read().environment().connections().values().iterator().next();
        stage.ledger()
                .connectionProbes()
                .record(new ConnectionProbe(
                        "mart",
                        new NewDefinition("connection", "mart", mart.json()).hash(),
                        guarantee,
                        "MariaDB 11.4",
                        Instant.parse("2026-11-20T10:00:00Z"),
                        "test",
                        findings));
    }

    private ObjectNode catalog(String guarantee) throws IOException {
        Files.writeString(folder.resolve("connections.yaml"), "mart: {url: \"jdbc:mariadb://db/mart\", user: etl}\n");
        Files.createDirectories(folder.resolve("pipelines/sales"));
        Files.writeString(folder.resolve("pipelines/sales/pipeline.yaml"), """
                pipeline: sales
                slot: none
                steps: [{id: fill, connection: mart, sql: "update a set n = 1", guarantee: %s}]
                """.formatted(guarantee));
        Definitions read = read();
        assertThat(read.problems()).isEmpty();
        ObjectNode catalog = new JsonMapper().createObjectNode();
        read.pipelines().forEach(it -> catalog.withArray("pipelines").add(it.json()));
        read.environment()
                .connections()
                .values()
                .forEach(it -> catalog.withArray("connections").add(it.json()));
        return catalog;
    }

    private Definitions read() {
        return DefinitionsReader.read(folder, Optional.empty(), Map.of());
    }
}
