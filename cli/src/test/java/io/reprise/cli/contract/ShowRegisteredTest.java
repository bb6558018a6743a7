package io.reprise.cli.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.catalog.contract.Contracts;
import io.reprise.catalog.shared.CatalogFolder;
import io.reprise.catalog.shared.CatalogProblems;
import io.reprise.cli.Main;
import io.reprise.cli.shared.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowRegisteredTest {

    private static final String FIRST = """
            {"type": "record", "name": "Event", "fields": [{"name": "id", "type": "string"}]}
            """;
    private static final String SECOND =
            FIRST.replace("]}", ", {\"name\": \"n\", \"type\": \"int\", \"default\": 1}]}");

    private static ServedRegistry registry;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        registry = ServedRegistry.start();
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @BeforeEach
    void writeContract() throws IOException {
        write("contract.yaml", "{subject: e, owner: me, compatibility: FULL, key: id}");
        write("v1.avsc", FIRST);
    }

    private void write(String name, String text) throws IOException {
        Path home = Files.createDirectories(folder.resolve("contracts/e"));
        Files.writeString(home.resolve(name), text);
    }

    private void apply() {
        ObjectNode catalog = new JsonMapper().createObjectNode();
        ArrayNode contracts = catalog.putArray("contracts");
        Contracts.read(CatalogFolder.at(folder).orElseThrow(), new CatalogProblems())
                .forEach(contract -> contracts.add(contract.json()));
        registry.post("/api/v1/catalog/apply", catalog.toString());
    }

    private int show(String... more) {
        return show(folder, more);
    }

    private int show(Path catalog, String... more) {
        out.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of("contract", "show", "e", "--registered"));
        arguments.addAll(List.of("--url", registry.uri("").toString(), "--catalog", catalog.toString()));
        arguments.addAll(List.of(more));
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }

    @Test
    void showsWhatIsRegisteredAndWhereThatIsNotWhatTheFolderHas() throws IOException {
        assertThat(show()).isEqualTo(ExitCode.NOT_FOUND.code());
        assertThat(err.toString()).contains("looked for a contract 'e' and found none");

        apply();

        assertThat(show()).as(err.toString()).isEqualTo(ExitCode.DONE.code());
        assertThat(out.toString())
                .contains("COMPATIBILITY  FULL", "MODE           READWRITE", "registered", "as in " + folder);

        registry.register("e", SECOND);
        write("v1.avsc", FIRST.replace("string", "bytes"));

        assertThat(show()).isEqualTo(ExitCode.DONE.code());
        assertThat(out.toString())
                .contains("registered  the registry has another schema there, with id ")
                .contains("registered  the catalog does not have this version")
                .contains("2 not as in " + folder);

        write("v1.avsc", FIRST);
        write("v2.avsc", SECOND);
        write("v3.avsc", SECOND);

        assertThat(show("--output", "json")).isEqualTo(ExitCode.DONE.code());
        JsonNode document = new JsonMapper().readTree(out.toString());
        assertThat(document.path("subject").asText()).isEqualTo("e");
        assertThat(document.path("versions")).hasSize(2);
        assertThat(document.at("/versions/0/id").asInt()).isPositive();
        assertThat(document.path("drift")).hasSize(1);
        assertThat(document.at("/drift/0/version").asInt()).isEqualTo(3);
        assertThat(document.at("/drift/0/found").asText()).isEqualTo("the registry does not have this version");

        assertThat(show(folder.resolve("none"))).isEqualTo(ExitCode.DONE.code());

        assertThat(out.toString()).contains("no such contract in " + folder.resolve("none") + " to compare with");
    }
}
