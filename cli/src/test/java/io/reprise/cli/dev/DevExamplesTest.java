package io.reprise.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.cli.Main;
import io.reprise.cli.docs.PageLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a newcomer sees: the examples are there as soon as everything is up, and a changed file is applied. */
@Tag("slow")
class DevExamplesTest {

    private static final Path ROOT = Path.of(System.getProperty("reprise.root"));
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final int offset = ThreadLocalRandom.current().nextInt(2_000, 9_000);

    @TempDir
    Path folder;

    @Test
    void theExamplesAreThereWithTheirSchedulesAndAChangedFolderIsApplied() throws IOException {
        Path own = copyOfTheExamples();
        try (Launched dev = dev()) {
            dev.awaitWord("Ctrl-C");

            awaitSaid("daily-aggregation", "pipeline", "list");
            assertThat(said("schedule", "list")).contains("daily-aggregation", "0 0 * * *", "on");
            assertThat(said("backfill", "plan", "daily-aggregation", "--from", "2026-11-01", "--to", "2026-11-19"))
                    .contains("2026-11-01", "2026-11-19");
        }
        try (Launched dev = dev("--catalog", own.toString())) {
            dev.awaitWord("Ctrl-C");

            add(own, "greeting", "command: [\"sh\", \"-c\", \"echo hello\"], guarantee: at-least-once");
            awaitSaid("greeting", "pipeline", "list");
            assertThat(said("pipeline", "run", "greeting", "--wait")).contains("SUCCEEDED");

            add(own, "broken", "sql: \"commit\"");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> dev.output().contains("is not applied; what was applied before stays"));
            assertThat(said("pipeline", "list")).contains("greeting").doesNotContain("broken");
        }
    }

    @Test
    void everyLineOfThePagesWorksAsItStands() throws Exception {
        try (Launched dev = dev()) {
            dev.awaitWord("Ctrl-C");
            awaitSaid("daily-aggregation", "pipeline", "list");

            for (String line : PageLines.of(ROOT, "pipeline.md")) {
                type(line);
            }
            for (String line : PageLines.of(ROOT, "schedule.md")) {
                type(line);
            }
            type("./reprise backfill start daily-aggregation --from 2026-11-01 --to 2026-11-19 --wait");

            assertThat(ask("select count(distinct day) from mart.daily_sales where region = 'EU'"
                            + " and day between '2026-11-01' and '2026-11-19'"))
                    .isEqualTo(19);
            assertThat(
                            ask(
                                    "select sum(revenue_minor) from mart.daily_sales where region = 'EU' and day = '2026-11-19'"))
                    .isEqualTo(ask("select sum(quantity * unit_price_minor) from raw.events"
                            + " where region = 'EU' and event_day = '2026-11-19'"));
        }
    }

    /** As a process of its own, told where everything is: the ports are not the usual ones here. */
    private void type(String line) throws InterruptedException {
        Map<String, String> environment = Map.of("REPRISE_URL", url(), "REPRISE_CONNECTION_WAREHOUSE_URL", warehouse());
        String[] words = PageLines.words(line.replace(
                        "examples/shop", ROOT.resolve("examples/shop").toString()))
                .toArray(String[]::new);
        try (Launched reprise = Launched.reprise(folder, environment, words)) {
            assertThat(reprise.awaitExit(PATIENCE))
                    .as("%s said: %s", line, reprise.output())
                    .isZero();
        }
    }

    private long ask(String question) throws SQLException {
        try (Connection connection = DriverManager.getConnection(warehouse(), "reprise", "reprise");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getLong(1);
        }
    }

    private String warehouse() {
        return "jdbc:postgresql://127.0.0.1:" + DevPorts.shiftedBy(offset).postgres() + "/reprise";
    }

    private static void add(Path catalog, String name, String step) throws IOException {
        Path home = Files.createDirectories(catalog.resolve("pipelines").resolve(name));
        Files.writeString(home.resolve("pipeline.yaml"), """
                pipeline: %s
                steps:
                  - {id: only, %s}
                """.formatted(name, step));
    }

    private Path copyOfTheExamples() throws IOException {
        Path examples = ROOT.resolve("examples/shop");
        Path copy = folder.resolve("catalog");
        try (Stream<Path> files = Files.walk(examples)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(examples.relativize(file).toString()));
            }
        }
        return copy;
    }

    private Launched dev(String... more) {
        return Launched.reprise(
                folder,
                Stream.concat(
                                Stream.of(
                                        "dev",
                                        "--data",
                                        folder.resolve("data").toString(),
                                        "--port-offset",
                                        Integer.toString(offset)),
                                Arrays.stream(more))
                        .toArray(String[]::new));
    }

    private void awaitSaid(String expected, String... words) {
        Awaitility.await().atMost(PATIENCE).until(() -> said(words).contains(expected));
    }

    private String said(String... words) {
        StringWriter said = new StringWriter();
        CommandLine reprise = Main.commandLine().setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        String url = "http://127.0.0.1:" + DevPorts.shiftedBy(offset).http();
        reprise.execute(
                Stream.concat(Arrays.stream(words), Stream.of("--url", url)).toArray(String[]::new));
        return said.toString();
    }

    private String url() {
        return "http://127.0.0.1:" + DevPorts.shiftedBy(offset).http();
    }
}
