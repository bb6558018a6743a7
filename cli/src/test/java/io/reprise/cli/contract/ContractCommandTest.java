package io.reprise.cli.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.cli.Main;
import io.reprise.cli.shared.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ContractCommandTest {

    private static final String FIRST = """
            {"type": "record", "name": "Event", "doc": "d", "fields": [
              {"name": "id", "type": "string", "doc": "d"},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}, "doc": "d"}]}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeContract() throws IOException {
        write(
                "contract.yaml",
                "subject: e\nowner: me\ncompatibility: FULL\nkey: id\nevent-time: at\ntags: {id: pii}\n");
        write("v1.avsc", FIRST);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve("contracts/e").resolve(name);
        Files.createDirectories(folder.resolve("contracts/e"));
        Files.writeString(file, text);
    }

    private int reprise(String... arguments) {
        out.getBuffer().setLength(0);
        CommandLine reprise = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return reprise.execute(arguments);
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "git",
                "-C",
                folder.toString(),
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@example.org",
                "-c",
                "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as(said).isZero();
    }

    @Test
    void theGateEndsWellOrWithEveryFinding() throws IOException {
        assertThat(reprise("contract", "check", folder.toString())).isEqualTo(ExitCode.DONE.code());
        assertThat(out).hasToString("1 contract with 1 version, no finding" + System.lineSeparator());

        write("v2.avsc", FIRST.replace("millis", "micros"));

        assertThat(reprise("contract", "check", folder.toString())).isEqualTo(ExitCode.REFUSED.code());
        assertThat(out.toString())
                .startsWith("contracts/e/v2.avsc:3:26 /fields/1/type: timestamp-unit-changed: ")
                .endsWith("1 contract with 2 versions, 1 finding" + System.lineSeparator());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void scriptsReadOneDocument() throws IOException {
        write("v2.avsc", FIRST.replace("millis", "micros"));

        assertThat(reprise("contract", "check", folder.toString(), "--output", "json"))
                .isEqualTo(ExitCode.REFUSED.code());

        JsonNode document = new JsonMapper().readTree(out.toString());
        JsonNode finding = document.path("findings").path(0);
        assertThat(document.path("clean").asBoolean()).isFalse();
        assertThat(finding.path("subject").asText()).isEqualTo("e");
        assertThat(finding.path("version").asInt()).isEqualTo(2);
        assertThat(finding.path("against").asInt()).isEqualTo(1);
        assertThat(finding.path("path").asText()).isEqualTo("/fields/1/type");
        assertThat(finding.path("rule").asText()).isEqualTo("timestamp-unit-changed");
        assertThat(finding.path("do").asText()).startsWith("add another field");
    }

    @Test
    void aReleasedVersionMayNotChange() throws IOException, InterruptedException {
        git("init", "-q");
        git("add", ".");
        git("commit", "-q", "-m", "first");
        write("v2.avsc", FIRST);

        assertThat(reprise("contract", "check", folder.toString(), "--against", "HEAD"))
                .isEqualTo(ExitCode.DONE.code());

        write("v1.avsc", FIRST.replace("\"doc\": \"d\"", "\"doc\": \"e\""));

        assertThat(reprise("contract", "check", folder.toString(), "--against", "HEAD"))
                .isEqualTo(ExitCode.REFUSED.code());
        assertThat(out.toString()).contains("released-changed: found version 1 changed (expected: as HEAD has it)");

        assertThat(reprise("contract", "check", folder.toString(), "--against", "nowhere"))
                .isEqualTo(ExitCode.REFUSED.code());
        assertThat(reprise("contract", "check", folder.toString(), "--against", "--output=x"))
                .isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void showsAContractAndWhatDiffers() throws IOException {
        write(
                "v2.avsc",
                FIRST.replace("]}\n", ", {\"name\": \"n\", \"type\": \"int\", \"default\": 1, \"doc\": \"Why.\"}]}\n"));

        assertThat(reprise("contract", "show", "e", "--catalog", folder.toString()))
                .isEqualTo(ExitCode.DONE.code());
        assertThat(out.toString())
                .contains("VERSION        2 of 2")
                .contains("pii")
                .contains("Why.");

        assertThat(reprise("contract", "diff", "e", "1", "2", "--catalog", folder.toString()))
                .isEqualTo(ExitCode.DONE.code());
        assertThat(out.toString()).contains("n      -          int = 1");

        assertThat(reprise("contract", "show", "f", "--catalog", folder.toString()))
                .isEqualTo(ExitCode.NOT_FOUND.code());
        assertThat(reprise("contract", "diff", "e", "1", "9", "--catalog", folder.toString()))
                .isEqualTo(ExitCode.NOT_FOUND.code());
    }

    @Test
    void writesTheNextVersionAndSaysWhatTheGateSays() throws IOException {
        Path next = folder.resolve("contracts/e/v2.avsc");

        assertThat(reprise("contract", "evolve", "e", "--add", "n:int", "--dry-run", "--catalog", folder.toString()))
                .isEqualTo(ExitCode.REFUSED.code());
        assertThat(out.toString()).contains("incompatible: version 2 cannot read what version 1 wrote");
        assertThat(next).doesNotExist();

        assertThat(reprise("contract", "evolve", "e", "--add", "n:int=0", "--catalog", folder.toString()))
                .isEqualTo(ExitCode.REFUSED.code());
        assertThat(out.toString()).contains("missing-doc: found the field 'n' without a doc");
        assertThat(next).exists();

        assertThat(reprise("contract", "evolve", "e", "--remove", "nn", "--catalog", folder.toString()))
                .isEqualTo(ExitCode.USAGE.code());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            show                              | USAGE     | Missing required parameter: 'SUBJECT'
            show e --version two              | USAGE     | Invalid value for option '--version'
            show e --version 9                | NOT_FOUND | found no version 9 of e (expected: 1 to 1)
            show e --version 1 --registered   | USAGE     | found --version 1 beside --registered (expected: one of them)
            show E                            | NOT_FOUND | (expected: one of e; nearest: e)
            show ../e                         | NOT_FOUND | found no contract '../e'
            diff e 1                          | USAGE     | Missing required parameter: 'B'
            diff e 0 1                        | NOT_FOUND | found no version 0 of e (expected: 1 to 1)
            diff e one 1                      | USAGE     | Invalid value for positional parameter
            evolve e                          | USAGE     |
            evolve e --add n                  | USAGE     | expected: name:type or name:type=default
            evolve e --add n:integer          | USAGE     | integer
            evolve e --add n:int=one          | USAGE     | one
            evolve e --add id:int=1           | USAGE     | add 'id', which is there
            evolve e --add 1n:int=1           | USAGE     | add '1n:int=1'
            evolve e --rename id              | USAGE     |
            evolve e --rename id=at           | USAGE     | at
            evolve e --rename nn=mm           | USAGE     | nn
            evolve e --remove nn              | USAGE     | nn
            evolve f --remove id              | NOT_FOUND | found no contract 'f'
            """)
    void saysWhatIsWrongWithAWish(String wish, ExitCode exit, @Nullable String words) {
        List<String> arguments = new ArrayList<>(List.of("contract"));
        arguments.addAll(List.of(wish.split(" ")));
        arguments.addAll(List.of("--catalog", folder.toString()));

        int ended = reprise(arguments.toArray(String[]::new));

        assertThat(ended).as(err.toString()).isEqualTo(exit.code());
        assertThat(err.toString()).contains(words == null ? "" : words).doesNotContain("\tat ");
        assertThat(folder.resolve("contracts/e/v2.avsc")).doesNotExist();
    }

    @Test
    void aFolderThatIsNoneOrAContractThatCannotBeReadIsSaid() throws IOException {
        assertThat(reprise(
                        "contract",
                        "show",
                        "e",
                        "--catalog",
                        folder.resolve("none").toString()))
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString()).contains("none: there is no such folder");

        write("v1.avsc", "{");

        assertThat(reprise("contract", "show", "e", "--catalog", folder.toString()))
                .isEqualTo(ExitCode.REFUSED.code());
        assertThat(err.toString()).contains("cannot read the contract e:").contains("contracts/e/v1.avsc:1:2");
        assertThat(reprise("contract", "evolve", "e", "--remove", "at", "--catalog", folder.toString()))
                .isEqualTo(ExitCode.REFUSED.code());
    }

    @Test
    void aServerThatIsNotThereIsSaid() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        assertThat(reprise("contract", "show", "e", "--registered", "--url", "http://127.0.0.1:" + port))
                .isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(err.toString()).contains("cannot reach the api at http://127.0.0.1:" + port);
    }
}
