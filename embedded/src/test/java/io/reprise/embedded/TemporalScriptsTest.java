package io.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.common.SearchAttributeKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jobs of the compose file, with the real tools against real servers: each must work, and work again. */
@Tag("production")
class TemporalScriptsTest {

    private static final Path DEPLOY = Path.of(System.getProperty("reprise.root"), "deploy", "temporal");
    private static final TemporalRelease RELEASE =
            new TemporalRelease("1.31.2", DEPLOY.resolve("dynamicconfig/reprise.yaml"), 4);

    @TempDir
    private Path bin;

    private final TemporalSettings settings =
            TemporalSettings.at(Placement.temporary(), List.of()).withNamespace("made-by-hand");

    @BeforeEach
    void putTheToolsOnThePath() throws Exception {
        TemporalServerBinaries binaries = TemporalServerBinaries.of(RELEASE, settings);
        Files.createSymbolicLink(bin.resolve("temporal-sql-tool"), binaries.sqlTool());
        Path cli = new TemporalCliSearch(settings).find().orElseThrow().program();
        Files.createSymbolicLink(bin.resolve("temporal"), cli);
    }

    @Test
    void prepareAServerAndDoNothingTheSecondTime() {
        try (EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(Placement.temporary())) {
            Map<String, String> database = Map.of(
                    "SQL_PLUGIN",
                    "postgres12_pgx",
                    "SQL_HOST",
                    "127.0.0.1",
                    "SQL_PORT",
                    Integer.toString(postgres.port()),
                    "SQL_USER",
                    EmbeddedPostgresServer.USER,
                    "SQL_PASSWORD",
                    EmbeddedPostgresServer.PASSWORD);
            succeeds("schema.sh", database);
            succeeds("schema.sh", database);

            try (ProductionTemporal temporal =
                    ProductionTemporal.start(RELEASE, settings.withNamespace("default"), postgres)) {
                Map<String, String> server = Map.of(
                        "TEMPORAL_ADDRESS",
                        temporal.target(),
                        "TEMPORAL_NAMESPACE",
                        "made-by-hand",
                        "TEMPORAL_RETENTION",
                        "72h");
                succeeds("namespace.sh", server);
                succeeds("namespace.sh", server);
                succeeds("search-attributes.sh", server);
                succeeds("search-attributes.sh", server);

                try (TemporalFrontend frontend = new TemporalFrontend(temporal.target(), "made-by-hand")) {
                    frontend.prepare(
                            List.of(
                                    SearchAttributeKey.forKeyword("RepriseForward"),
                                    SearchAttributeKey.forKeywordList("RepriseStuckSteps")),
                            Duration.ofSeconds(20));
                }
            }
        }
    }

    private void succeeds(String script, Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("PATH", bin + ":" + System.getenv("PATH"));
        Command.Ended ended =
                new Command(List.of("sh", DEPLOY.resolve(script).toString()), all).run(Duration.ofMinutes(2));

        assertThat(ended.exitCode()).as(script + ": " + ended.lastLines()).isZero();
    }
}
