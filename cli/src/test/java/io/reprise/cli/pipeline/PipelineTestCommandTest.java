package io.reprise.cli.pipeline;

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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PipelineTestCommandTest {

    private static final String ON_ALL = """
            test: it is everywhere
            parameters: {sku: pen}
            given:
              pg: {schema: "create table sale (sku text primary key, n integer)"}
              maria:
                schema: "create table sale (sku varchar(20) primary key, n integer)"
                tables: {sale: [{sku: desk, n: 9}]}
              lite: {schema: "create table sale (sku text primary key, n integer)"}
              two: {schema: "create table sale (sku varchar(20) primary key, n integer)"}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine reprise =
            Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @TempDir
    private Path catalog;

    @Test
    void aPipelineThatIsNotThereOrHasNoTestsIsSaidSo() throws IOException {
        write(
                "pipelines/audit/pipeline.yaml",
                "pipeline: audit\nsteps: [{id: only, command: [\"true\"], guarantee: at-least-once}]\n");

        assertThat(test("adit")).isEqualTo(ExitCode.NOT_FOUND.code());
        assertThat(test("audit")).isEqualTo(ExitCode.NOT_FOUND.code());

        assertThat(err.toString())
                .contains(
                        "cannot test 'adit': the catalog has no such pipeline (expected: one of audit; nearest: audit)")
                .contains("there are no tests in " + catalog + "/pipelines/audit/tests (expected: one file or more,");
    }

    @Test
    void aTestThatIsNotUnderstoodIsRefusedHereAndByTheCheck() throws IOException {
        write(
                "pipelines/audit/pipeline.yaml",
                "pipeline: audit\nsteps: [{id: only, command: [\"true\"], guarantee: at-least-once}]\n");
        write("pipelines/audit/tests/bad.yaml", "test: a slot of nothing\nslot: 2026-11-19\n");

        assertThat(test("audit")).isEqualTo(ExitCode.REFUSED.code());
        assertThat(reprise.execute("catalog", "check", catalog.toString())).isEqualTo(ExitCode.REFUSED.code());

        String words =
                "pipelines/audit/tests/bad.yaml:2:1 slot: found a slot of a pipeline that stands for no time (expected: no slot)";
        assertThat(err.toString()).contains(words);
        assertThat(out.toString()).contains(words);
    }

    @Test
    @Tag("slow")
    void everyDatabaseIsMadeForTheTestAndDifferencesAreShown() throws IOException {
        write("connections.yaml", """
                pg: {url: "jdbc:postgresql://nowhere.example.org/pg"}
                maria: {url: "jdbc:mariadb://nowhere.example.org/maria"}
                lite: {url: "jdbc:sqlite:/nowhere/lite.db"}
                two: {url: "jdbc:h2:mem:two;MODE=PostgreSQL"}
                """);
        write("pipelines/everywhere/pipeline.yaml", """
                pipeline: everywhere
                parameters: {sku: {type: string}}
                failure: undo
                steps:
                  - {id: pg, connection: pg, sql: "insert into sale (sku, n) values (:sku, 1)", undo: "delete from sale"}
                  - {id: maria, connection: maria, sql: "insert into sale (sku, n) values (:sku, 2)", undo: "delete from sale"}
                  - {id: lite, connection: lite, sql: "insert into sale (sku, n) values (:sku, 3)", undo: "delete from sale"}
                  - {id: two, connection: two, sql: "insert into sale (sku, n) values (:sku, 4)", undo: "delete from sale"}
                  - {id: closed, wait: {topic: {name: shop.days, capture: {rows: $.rows}}}}
                  - {id: sign, wait: {approval: "All there?", within: 2h}}
                  - {id: tell, command: ["sh", "-c", "echo told $SKU $N"], with: {N: ":closed.rows"}, guarantee: at-least-once, outputs: {said: last-line}}
                """);
        write("pipelines/everywhere/tests/approved.yaml", ON_ALL + """
                answers: {closed: {outputs: {rows: 3}}, sign: approved}
                expect:
                  outputs: {tell: {said: told pen 3}}
                  tables:
                    pg: {sale: [{sku: pen, n: 1}]}
                    maria: {sale: [{sku: pen, n: 2}, {sku: desk, n: 9}]}
                    lite: {sale: [{sku: pen, n: 3}]}
                    two: {sale: [{sku: pen, n: 4}]}
                """);
        write("pipelines/everywhere/tests/different.yaml", ON_ALL + """
                answers: {closed: done, sign: approved, tell: {outputs: {said: nothing}}}
                expect:
                  outputs: {tell: {said: nothing}}
                  tables:
                    lite: {sale: [{sku: pen, n: 7}]}
                """);
        write("pipelines/everywhere/tests/rejected.yaml", ON_ALL + """
                answers: {closed: done, sign: rejected}
                expect:
                  outcome: undone
                  reason: rejected
                  step: sign
                  tables: {pg: {sale: []}, maria: {sale: []}, lite: {sale: []}, two: {sale: []}}
                """);

        assertThat(test("everywhere", "--output", "json")).isEqualTo(ExitCode.FAILED.code());

        JsonNode document = new JsonMapper().readTree(out.toString());
        assertThat(document.at("/tests/0/differences")).as(document.toString()).isEmpty();
        assertThat(document.at("/tests/1/differences").toString())
                .contains("sale of lite: 1 row (expected: 1)", "differs     sku=pen: n is 3 (expected: 7)");
        assertThat(document.at("/tests/2/differences")).as(document.toString()).isEmpty();
        assertThat(document.path("passed").asInt()).isEqualTo(2);
        assertThat(document.path("failed").asInt()).isEqualTo(1);
    }

    private int test(String name, String... more) {
        Stream<String> words = Stream.of("pipeline", "test", name, "--catalog", catalog.toString());
        return reprise.execute(Stream.concat(words, Stream.of(more)).toArray(String[]::new));
    }

    private void write(String name, String text) throws IOException {
        Path file = catalog.resolve(name);
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(catalog));
        Files.writeString(file, text);
    }
}
