package io.reprise.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.catalog.pipeline.DefinitionsReader;
import io.reprise.catalog.pipeline.ProbedConnections;
import io.reprise.catalog.shared.CatalogProblem;
import io.reprise.db.pipeline.NewDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToldProbesTest {

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("pipelines/sales"));
        Files.writeString(folder.resolve("pipelines/sales/pipeline.yaml"), """
                pipeline: sales
                slot: none
                steps: [{id: fill, connection: mart, sql: "update a set n = 1"}]
                """);
        connection(2);
    }

    @Test
    void whatTheApiToldOfAConnectionIsSaidWhereItsStepStands() {
        ToldProbes told = told(Optional.of("its probe broke"));

        assertThat(problems(told))
                .containsExactly("pipelines/sales/pipeline.yaml:3:9 steps[0]: found a fenced step on connection 'mart':"
                        + " its probe broke (expected: guarantee: idempotent or at-least-once, or a connection on which the"
                        + " fence holds)");
        assertThat(problems(told(Optional.empty()))).isEmpty();
    }

    @Test
    void itSaysNothingOfAConnectionThatTheCatalogChanges() throws IOException {
        ToldProbes told = told(Optional.of("its probe broke"));
        connection(3);

        assertThat(problems(told)).isEmpty();
    }

    private void connection(int pool) throws IOException {
        Files.writeString(
                folder.resolve("connections.yaml"),
                "mart: {url: \"jdbc:mariadb://db/mart\", user: etl, pool: " + pool + "}\n");
    }

    private ToldProbes told(Optional<String> broke) {
        ConnectionDefinition mart = DefinitionsReader.read(folder, Optional.empty(), Map.of())
                .environment()
                .connections()
                .values()
                .iterator()
                .next();
        ObjectNode listing = new JsonMapper().createObjectNode();
        ObjectNode item = listing.putArray("items").addObject();
        item.put("name", "mart");
        item.put("definition", new NewDefinition("connection", "mart", mart.json()).hash());
        item.put("guarantee", broke.isPresent() ? "at-least-once" : "fenced");
        broke.ifPresent(words -> item.put("broke", words));
        return ToldProbes.of(listing);
    }

    private List<String> problems(ProbedConnections probes) {
        return DefinitionsReader.read(folder, Optional.empty(), Map.of(), probes).problems().stream()
                .map(CatalogProblem::toString)
                .toList();
    }
}
