package io.reprise.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests of the examples, as whoever has nothing but the command runs them. */
@Tag("whole")
class WholeFixturesTest {

    private static final Path SHOP = Path.of(System.getProperty("reprise.root", ".."), "examples", "shop");

    @TempDir
    private Path folder;

    @Test
    void everyExamplePassesItsTestsWithoutAServer() {
        String said = RepriseProcess.run(
                folder,
                Map.of("REPRISE_CONNECTION_WAREHOUSE_URL", "jdbc:postgresql://nowhere.example.org/none"),
                "pipeline",
                "test",
                "--catalog",
                SHOP.toString());

        assertThat(said)
                .contains("ok      daily-aggregation: two sales of one product")
                .contains("ok      nightly-report: after six hours without sales it gives up")
                .contains("ok      order-in-sql: an order that cannot be paid is cancelled")
                .contains("ok      price-change: prices rise by ten per cent, and an undo takes that back")
                .contains("ok      warehouse-tables: tables that are there already keep their rows")
                .endsWith("9 tests, all passed\n");
        assertThat(said.lines()).hasSize(10);
    }
}
