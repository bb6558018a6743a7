package io.reprise.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.cli.docs.PageLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer sees: the examples are there as soon as everything is up, and a changed file is applied. */
@Tag("slow")
class DevExamplesTest {

    @TempDir
    Path folder;

    @Test
    void theExamplesAreThereWithTheirSchedulesAndAChangedFolderIsApplied() throws IOException {
        Path own = copyOfTheExamples();
        try (RunningDev dev = RunningDev.start(folder)) {
            dev.awaitSaid("daily-aggregation", "pipeline", "list");
            assertThat(dev.said("schedule", "list")).contains("daily-aggregation", "0 0 * * *", "on");
            assertThat(dev.said("backfill", "plan", "daily-aggregation", "--from", "2026-11-01", "--to", "2026-11-19"))
                    .contains("2026-11-01", "2026-11-19");
        }
        try (RunningDev dev = RunningDev.start(folder, "--catalog", own.toString())) {
            add(own, "greeting", "command: [\"sh\", \"-c\", \"echo hello\"], guarantee: at-least-once");
            dev.awaitSaid("greeting", "pipeline", "list");
            assertThat(dev.said("pipeline", "run", "greeting", "--wait")).contains("SUCCEEDED");

            add(own, "broken", "sql: \"commit\"");
            Awaitility.await()
                    .atMost(RunningDev.PATIENCE)
                    .until(() -> dev.output().contains("is not applied; what was applied before stays"));
            assertThat(dev.said("pipeline", "list")).contains("greeting").doesNotContain("broken");
        }
    }

    @Test
    void everyLineOfThePagesWorksAsItStands() throws Exception {
        try (RunningDev dev = RunningDev.start(folder)) {
            dev.awaitSaid("daily-aggregation", "pipeline", "list");
            dev.awaitSaid("RUNNING", "stream", "list");

            for (String page : List.of("producer.md", "pipeline.md", "schedule.md")) {
                for (String line : PageLines.of(RunningDev.ROOT, page)) {
                    dev.type(line);
                }
            }
            dev.type("./reprise backfill start daily-aggregation --from 2026-11-01 --to 2026-11-19 --wait");

            assertThat(dev.ask("select count(distinct day) from mart.daily_sales where region = 'EU'"
                            + " and day between '2026-11-01' and '2026-11-19'"))
                    .isEqualTo(19);
            assertThat(
                            dev.ask(
                                    "select sum(revenue_minor) from mart.daily_sales where region = 'EU' and day = '2026-11-19'"))
                    .isEqualTo(dev.ask("select sum(quantity * unit_price_minor) from (select distinct on (event_id) *"
                            + " from mart.shop_events where region = 'EU' and event_day = '2026-11-19') as sold"));
        }
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
        Path examples = RunningDev.ROOT.resolve("examples/shop");
        Path copy = folder.resolve("catalog");
        try (Stream<Path> files = Files.walk(examples)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(examples.relativize(file).toString()));
            }
        }
        return copy;
    }
}
