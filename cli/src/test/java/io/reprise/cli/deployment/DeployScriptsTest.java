package io.reprise.cli.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.workflows.run.SearchAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts run with stand-ins on the PATH that write down how they were called. */
class DeployScriptsTest {

    @TempDir
    private Path folder;

    @Test
    void everyScriptIsWellFormed() throws Exception {
        try (Stream<Path> files = Files.walk(Repository.file("deploy"))) {
            for (Path script :
                    files.filter(path -> path.toString().endsWith(".sh")).toList()) {
                String shell = Files.readString(script).startsWith("#!/bin/bash") ? "bash" : "sh";

                assertThat(run(List.of(shell, "-n", script.toString()), Map.of()))
                        .isZero();
            }
        }
    }

    @Test
    void secretsAreMadeOnceAndKept() throws Exception {
        Path secrets = folder.resolve("secrets");
        run(List.of("sh", script("secrets.sh"), secrets.toString()), Map.of());
        String first = Files.readString(secrets.resolve("token"));

        run(List.of("sh", script("secrets.sh"), secrets.toString()), Map.of());

        assertThat(first).matches("[0-9a-f]{64}");
        assertThat(secrets.resolve("token")).hasContent(first);
        assertThat(secrets.resolve("temporal-db-password")).content().isNotEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rwx------");
    }

    @Test
    void theRolesGetTheirPasswordsFromTheSecrets() throws Exception {
        Files.writeString(folder.resolve("reprise-db-password"), "one");
        Files.writeString(folder.resolve("temporal-db-password"), "two");
        standIn("psql", "cat >> $CALLS");

        int exit = run(List.of("sh", script("postgres/roles.sh")), Map.of("SECRETS", folder.toString()));

        assertThat(exit).isZero();
        assertThat(calls())
                .contains("--set reprise_password=one --set temporal_password=two")
                .contains("password :'reprise_password'")
                .doesNotContain("password 'one'");
    }

    @Test
    void bothDatabasesOfTemporalAreMadeAndUpdated() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "secret");
        standIn("temporal-sql-tool", "echo password=$SQL_PASSWORD >> $CALLS");

        int exit = run(List.of("sh", script("temporal/schema.sh")), Map.of("SQL_PASSWORD_FILE", password.toString()));

        assertThat(exit).isZero();
        assertThat(calls().lines().filter(line -> line.startsWith("temporal-sql-tool")))
                .containsExactly(
                        "temporal-sql-tool --database temporal create-database",
                        "temporal-sql-tool --database temporal setup-schema --version 0.0",
                        "temporal-sql-tool --database temporal update-schema --schema-name postgresql/v12/temporal",
                        "temporal-sql-tool --database temporal_visibility create-database",
                        "temporal-sql-tool --database temporal_visibility setup-schema --version 0.0",
                        "temporal-sql-tool --database temporal_visibility update-schema --schema-name"
                                + " postgresql/v12/visibility");
        assertThat(calls()).contains("password=secret");
    }

    @Test
    void aFailingSchemaStopsTheServerFromStarting() throws Exception {
        standIn("temporal-sql-tool", "exit 1");

        assertThat(run(List.of("sh", script("temporal/schema.sh")), Map.of())).isNotZero();
    }

    @Test
    void theServerGetsItsPasswordAndTheImagesOwnStart() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "secret");
        Path entrypoint = standIn("entrypoint", "echo password=$POSTGRES_PWD >> $CALLS");

        int exit = run(
                List.of("sh", script("temporal/server.sh")),
                Map.of("POSTGRES_PWD_FILE", password.toString(), "ENTRYPOINT", entrypoint.toString()));

        assertThat(exit).isZero();
        assertThat(calls()).contains("password=secret");
    }

    @Test
    void aNamespaceThatIsThereIsLeftAlone() throws Exception {
        standIn("temporal", "exit 0");

        int exit = run(List.of("sh", script("temporal/namespace.sh")), NAMESPACE);

        assertThat(exit).isZero();
        assertThat(calls()).contains("namespace describe").doesNotContain("namespace create");
    }

    @Test
    void aNamespaceIsTriedAgainUntilTheServerMakesIt() throws Exception {
        // Not described, not made, not described, made.
        standIn("temporal", "[ $(wc -l < $CALLS) -ge 4 ]");

        int exit = run(List.of("sh", script("temporal/namespace.sh")), NAMESPACE);

        assertThat(exit).isZero();
        assertThat(calls().lines()).hasSize(4).last().asString().contains("namespace create", "--retention 72h");
    }

    @Test
    void theSearchAttributesAreTheOnesThatRunsCarry() throws Exception {
        standIn("temporal", "exit 0");

        run(List.of("sh", script("temporal/search-attributes.sh")), NAMESPACE);

        assertThat(calls().lines().filter(line -> line.contains("search-attribute create")))
                .containsExactlyElementsOf(SearchAttributes.all().stream()
                        .map(attribute -> "temporal operator search-attribute create --namespace default --name "
                                + attribute.getName() + " --type "
                                + switch (attribute.getValueType()) {
                                    case INDEXED_VALUE_TYPE_KEYWORD -> "Keyword";
                                    case INDEXED_VALUE_TYPE_KEYWORD_LIST -> "KeywordList";
                                    default -> "unforeseen";
                                })
                        .toList());
    }

    @Test
    void anAttributeOfAnotherTypeIsAnError() throws Exception {
        standIn("temporal", "[ $3 != create ]");

        assertThat(run(List.of("sh", script("temporal/search-attributes.sh")), NAMESPACE))
                .isNotZero();
    }

    private static final Map<String, String> NAMESPACE =
            Map.of("TEMPORAL_NAMESPACE", "default", "TEMPORAL_ADDRESS", "temporal:7233", "TEMPORAL_RETENTION", "72h");

    private static String script(String path) {
        return Repository.file("deploy/" + path).toString();
    }

    private Path standIn(String name, String body) throws IOException {
        Path tool = folder.resolve("bin").resolve(name);
        Files.createDirectories(tool.getParent());
        Files.writeString(tool, "#!/bin/sh\necho " + name + " \"$@\" >> $CALLS\n" + body + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        return tool;
    }

    private String calls() throws IOException {
        return Files.readString(folder.resolve("calls"));
    }

    private int run(List<String> command, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(folder.resolve("output").toFile());
        builder.environment().putAll(environment);
        builder.environment().put("CALLS", folder.resolve("calls").toString());
        builder.environment().merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        return builder.start().waitFor();
    }
}
