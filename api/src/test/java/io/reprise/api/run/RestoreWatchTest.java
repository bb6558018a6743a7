package io.reprise.api.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reprise.api.Api;
import io.reprise.api.ApiSettings;
import io.reprise.api.shared.Caller;
import io.reprise.db.Ledger;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The shop apart from the ledger, and no worker anywhere. */
@Tag("slow")
class RestoreWatchTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static EmbeddedPostgresServer postgres;
    private static String ledgerUrl;
    private static String shopUrl;
    private static UUID ledgerId;

    @BeforeAll
    static void open() throws SQLException {
        postgres = EmbeddedPostgresServer.start(Placement.temporary());
        ledgerUrl = postgres.createDatabase("ledger");
        shopUrl = postgres.createDatabase("shop");
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(ledgerUrl);
        database.setUser(EmbeddedPostgresServer.USER);
        database.setPassword(EmbeddedPostgresServer.PASSWORD);
        LedgerMigrations.migrate(database);
        ledgerId = Ledger.over(database, Clock.systemUTC()).mark().ledgerId();
        inShop("create schema reprise_kit");
        inShop("create table reprise_kit.ledger_mark (ledger_id uuid primary key, high_water bigint not null)");
        inShop("insert into reprise_kit.ledger_mark values ('" + ledgerId + "', 0)");
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @Test
    void aRestoredLedgerAcceptsNothingFromTheFirstRequestOnUntilThatIsAccepted() throws SQLException {
        mark(1_000);

        try (Api api = Api.start(settings(shopUrl));
                Caller caller = new Caller(api.uri())) {
            Caller.Answer refused = place(caller, "r-1");
            assertThat(refused.status()).as(refused.body()).isEqualTo(503);
            assertThat(refused.json().at("/type").asText()).isEqualTo("urn:reprise:problem:ledger-restored");

            caller.postNothing("/api/v1/audits/accept");
            assertThat(place(caller, "r-1").status()).isEqualTo(202);

            mark(5_000);
            await().atMost(SOON)
                    .until(() -> place(caller, "r-" + UUID.randomUUID()).status() == 503);
            caller.postNothing("/api/v1/audits/accept");
        }
    }

    @Test
    void nothingIsAcceptedBeforeTheLedgerWasComparedOnce() {
        try (Api api = Api.start(settings("jdbc:postgresql://127.0.0.1:1/none"));
                Caller caller = new Caller(api.uri())) {
            Caller.Answer refused = place(caller, "r-2");

            assertThat(refused.status()).as(refused.body()).isEqualTo(503);
            assertThat(refused.json().at("/type").asText()).isEqualTo("urn:reprise:problem:ledger-unavailable");
            assertThat(refused.json().at("/detail").asText())
                    .startsWith("cannot compare the ledger with the mark in api-shop");
            assertThat(caller.get("/api/v1/runs").status()).isEqualTo(200);
        }
    }

    private static Caller.Answer place(Caller caller, String orderId) {
        return caller.post(
                "/api/v1/orders",
                "{\"orderId\":\"" + orderId + "\",\"accountId\":\"acc-1\",\"currency\":\"EUR\","
                        + "\"lines\":[{\"sku\":\"sku-1\",\"quantity\":1,\"unitPriceMinor\":5}]}");
    }

    private static ApiSettings settings(String shop) {
        return ApiSettings.read(
                Map.of(
                        "REPRISE_HTTP_PORT",
                        "0",
                        "REPRISE_DB_URL",
                        ledgerUrl,
                        "REPRISE_SHOP_DB_URL",
                        shop,
                        "REPRISE_TEMPORAL_ADDRESS",
                        "127.0.0.1:1"),
                Path.of("no-such-reprise.yaml"));
    }

    private static void mark(long highWater) throws SQLException {
        inShop("update reprise_kit.ledger_mark set high_water = " + highWater);
    }

    private static void inShop(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        shopUrl, EmbeddedPostgresServer.USER, EmbeddedPostgresServer.PASSWORD);
                Statement open = connection.createStatement()) {
            open.execute(statement);
        }
    }
}
