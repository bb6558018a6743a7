package io.reprise.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.cli.generate.GeneratedSales;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that come after their day was summed up: the day is summed up again, and every record is accounted for. */
@Tag("slow")
class DevRestatementTest {

    private static final int PER_DAY = 500;

    @TempDir
    Path folder;

    @Test
    void lateEventsRestateTheirDayAndTheStreamStaysBalanced() throws Exception {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(2);
        try (RunningDev dev =
                RunningDev.start(folder, "--catalog", lookingOften().toString())) {
            dev.awaitSaid("RUNNING", "stream", "list");
            dev.type("./reprise pipeline run warehouse-tables --wait");
            dev.type("./reprise generate --days 3 --per-day " + PER_DAY + " --seed 21 --poison 3");
            dev.type("./reprise stream show shop-events --wait");
            dev.type("./reprise pipeline run daily-aggregation --slot " + day + " --wait");
            assertThat(sales(dev, day)).isEqualTo(GeneratedSales.revenueOf(21, day, PER_DAY, "EU"));
            Awaitility.await()
                    .atMost(RunningDev.PATIENCE)
                    .until(() -> dev.ask("select count(*) from reprise.slot_input where slot like '" + day + "%'") > 0);

            dev.type("./reprise generate --days 1 --until " + day + " --per-day " + PER_DAY + " --seed 22");
            dev.type("./reprise stream show shop-events --wait");

            long all =
                    GeneratedSales.revenueOf(21, day, PER_DAY, "EU") + GeneratedSales.revenueOf(22, day, PER_DAY, "EU");
            Awaitility.await()
                    .atMost(Duration.ofMinutes(4))
                    .untilAsserted(() -> assertThat(sales(dev, day)).isEqualTo(all));
            dev.type("./reprise stream pause shop-events --reason 'the warehouse is moved'");
            assertThat(dev.said("stream", "list")).contains("yes: the warehouse is moved");
            dev.type("./reprise stream resume shop-events");
            assertThat(dev.type("./reprise stream balance shop-events")).contains("balanced");
            assertThat(dev.type("./reprise stream plan shop-events --catalog examples/shop"))
                    .contains("none: the tables are as the stream wants them");
        }
    }

    private static long sales(RunningDev dev, LocalDate day) throws Exception {
        return dev.ask("select coalesce(sum(revenue_minor), 0) from mart.daily_sales where region = 'EU' and day = '"
                + day + "'");
    }

    /** The example, with a look for late data every minute. */
    private Path lookingOften() throws IOException {
        Path original = RunningDev.ROOT.resolve("examples/shop");
        Path copy = folder.resolve("examples/shop");
        try (Stream<Path> files = Files.walk(original)) {
            files.forEach(file -> copy(file, copy.resolve(original.relativize(file))));
        }
        Path pipeline = copy.resolve("pipelines/daily-aggregation/pipeline.yaml");
        Files.writeString(pipeline, Files.readString(pipeline).replace("every: 1h", "every: 1m"));
        return copy;
    }

    private static void copy(Path from, Path to) {
        try {
            if (Files.isDirectory(from)) {
                Files.createDirectories(to);
            } else {
                Files.copy(from, to);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot copy " + from, failed);
        }
    }
}
