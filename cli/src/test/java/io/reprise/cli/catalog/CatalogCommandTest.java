package io.reprise.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.cli.Main;
import io.reprise.cli.shared.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CatalogCommandTest {

    private static final String SHOP = Path.of(System.getProperty("reprise.root", ".."), "examples", "shop")
            .toString();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine reprise =
            Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @TempDir
    private Path folder;

    @Test
    void aSoundCatalogEndsWellAndItsWarningsAreTold() {
        assertThat(reprise.execute("catalog", "check", SHOP)).isEqualTo(ExitCode.DONE.code());

        assertThat(out.toString().lines())
                .containsExactly(
                        "warning: connections.yaml:5:3 warehouse.password: found a password in the catalog"
                                + " (expected: password-file, except for throw-away databases)",
                        "5 pipelines and 1 connection, no problem, 1 warning");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aBrokenCatalogIsRefusedWithEveryProblem() throws IOException {
        writeBroken();

        assertThat(reprise.execute("catalog", "check", folder.toString())).isEqualTo(ExitCode.REFUSED.code());

        assertThat(out.toString())
                .contains("pipelines/p/pipeline.yaml:2:9 steps[0]: found no connection (expected: connection: here, or")
                .contains("pipelines/p/pipeline.yaml:2:17 steps[0].sqll: found unknown key 'sqll' (expected: one of id")
                .contains("; nearest: sql)")
                .endsWith("2 problems" + System.lineSeparator());
    }

    @Test
    void scriptsReadOneDocument() throws IOException {
        assertThat(reprise.execute("catalog", "check", SHOP, "--output", "json"))
                .isEqualTo(ExitCode.DONE.code());
        JsonNode sound = new JsonMapper().readTree(out.toString());

        assertThat(sound.path("sound").asBoolean()).isTrue();
        assertThat(sound.path("pipelines").findValuesAsText("name")).hasSize(5).contains("daily-aggregation");
        assertThat(sound.path("pipelines").findValuesAsText("hash")).allMatch(hash -> hash.matches("[0-9a-f]{64}"));
        assertThat(sound.path("problems")).isEmpty();
        assertThat(sound.path("warnings")).hasSize(1);
    }

    @Test
    void scriptsAreToldWhereAProblemStandsAndWhatWasMeant() throws IOException {
        Files.writeString(folder.resolve("conections.yaml"), "");

        assertThat(reprise.execute("catalog", "check", folder.toString(), "--output", "json"))
                .isEqualTo(ExitCode.REFUSED.code());

        JsonNode problem =
                new JsonMapper().readTree(out.toString()).path("problems").path(0);
        assertThat(problem.path("file").asText()).isEqualTo("conections.yaml");
        assertThat(problem.path("line").asInt()).isEqualTo(1);
        assertThat(problem.path("nearest").asText()).isEqualTo("connections.yaml");
    }

    @Test
    void anUnknownEnvironmentIsAProblemAndAMissingFolderAMistakeOfTheCaller() {
        assertThat(reprise.execute("catalog", "check", SHOP, "--env", "moon")).isEqualTo(ExitCode.REFUSED.code());
        assertThat(out.toString()).contains("no environment 'moon'");

        assertThat(reprise.execute("catalog", "check", folder.resolve("gone").toString()))
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString()).contains("there is no such folder");
        assertThat(reprise.execute("catalog", "check", "--evn", "dev")).isEqualTo(ExitCode.USAGE.code());
        assertThat(reprise.execute("catalog")).isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void schemasArePrintedAsTheRepositoryPublishesThem() throws IOException {
        assertThat(reprise.execute("catalog", "schema", "pipeline")).isEqualTo(ExitCode.DONE.code());
        assertThat(out.toString())
                .isEqualTo(Files.readString(
                        Path.of(System.getProperty("reprise.root", ".."), "docs/schema/pipeline.schema.json")));

        assertThat(reprise.execute("catalog", "schema", "pipelines")).isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString()).contains("'pipelines'");
    }

    private void writeBroken() throws IOException {
        Path home = Files.createDirectories(folder.resolve("pipelines/p"));
        Files.writeString(home.resolve("pipeline.yaml"), """
                pipeline: p
                steps: [{id: a, sqll: "delete from t", sql: "delete from u"}]
                """);
    }
}
