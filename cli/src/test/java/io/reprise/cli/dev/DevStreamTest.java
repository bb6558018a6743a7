package io.reprise.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.cli.generate.GeneratedSales;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer does with the stream of the examples: events go in, and the day's sales come out. */
@Tag("slow")
class DevStreamTest {

    private static final int PER_DAY = 2_000;
    private static final long SEED = 11;

    @TempDir
    Path folder;

    @Test
    void eventsThatAreGeneratedAreTheSalesOfTheirDayAndLateOnesMarkIt() throws Exception {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(2);
        try (RunningDev dev = RunningDev.start(folder)) {
            dev.awaitSaid("daily-aggregation", "pipeline", "list");
            dev.awaitSaid("RUNNING", "stream", "list");
            dev.type("./reprise pipeline run warehouse-tables --wait");

            String said =
                    dev.type("./reprise generate --days 3 --per-day " + PER_DAY + " --seed " + SEED + " --poison 2");
            dev.type("./reprise stream show shop-events --wait");
            dev.type("./reprise pipeline run daily-aggregation --slot " + day + " --wait");

            assertThat(said)
                    .contains("sent 6000 events (version 1: ", "version 2: ", "version 3: ", "not acknowledged 0");
            assertThat(dev.ask("select count(*) from mart.shop_events")).isEqualTo(3L * PER_DAY);
            assertThat(dev.ask("select count(distinct schema_id) from raw.shop_events"))
                    .isEqualTo(3);
            assertThat(sales(dev, day)).isEqualTo(GeneratedSales.revenueOf(SEED, day, PER_DAY, "EU"));
            assertThat(dev.said("dlq", "list", "--grouped")).contains("stream/shop-events", "unframed", "malformed");
            assertThat(dev.said("stream", "show", "shop-events")).contains("RUNNING", "shop.events");

            // The same days again are the same events; others of that day come late.
            dev.type("./reprise generate --days 3 --per-day " + PER_DAY + " --seed " + SEED + " --late 0");
            dev.type("./reprise generate --days 1 --until " + day + " --per-day 500 --seed " + (SEED + 1));
            dev.type("./reprise stream show shop-events --wait");

            assertThat(dev.ask("select coalesce(sum(late), 0) from reprise_kit.stream_count where day = '" + day + "'"))
                    .isGreaterThanOrEqualTo(500);
        }
    }

    @Test
    void theGeneratorEndsOnRequestAndSaysWhatIsAwayOrMissing() throws Exception {
        try (RunningDev dev = RunningDev.start(folder)) {
            dev.awaitSaid("RUNNING", "stream", "list");
            try (Launched live = dev.launch("./reprise generate --rate 200 --late 50")) {
                Awaitility.await()
                        .atMost(RunningDev.PATIENCE)
                        .ignoreExceptions()
                        .until(() -> dev.ask("select count(*) from mart.shop_events") > 100);
                live.terminate();
                assertThat(live.awaitExit(RunningDev.PATIENCE)).isZero();
                assertThat(live.output()).contains("not acknowledged 0");
            }

            try (Launched live = dev.launch("./reprise generate --rate 200 --kafka 127.0.0.1:1")) {
                live.awaitWord("200 events a second");
                live.terminate();
                assertThat(live.awaitExit(RunningDev.PATIENCE))
                        .as(live.output())
                        .isEqualTo(5);
                assertThat(live.output()).contains("not acknowledged 1", "cannot send events to Kafka at 127.0.0.1:1");
            }
            assertRefused(dev, "--events 1 --kafka 127.0.0.1:1", 5, "cannot send events to Kafka at 127.0.0.1:1");
            assertRefused(dev, "--events 1 --registry http://127.0.0.1:1/registry", 5, "is `reprise dev` running");
            assertRefused(dev, "--events 1 --registry " + dev.url(), 4, "reprise catalog apply examples/shop");
        }
    }

    private static void assertRefused(RunningDev dev, String options, int code, String words)
            throws InterruptedException {
        try (Launched refused = dev.launch("./reprise generate " + options)) {
            assertThat(refused.awaitExit(RunningDev.PATIENCE))
                    .as(refused.output())
                    .isEqualTo(code);
            assertThat(refused.output()).contains(words);
        }
    }

    private static long sales(RunningDev dev, LocalDate day) throws Exception {
        return dev.ask("select coalesce(sum(revenue_minor), 0) from mart.daily_sales where region = 'EU' and day = '"
                + day + "'");
    }
}
