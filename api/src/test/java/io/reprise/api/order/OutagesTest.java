package io.reprise.api.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reprise.api.shared.Caller;
import io.reprise.api.shared.Stage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OutagesTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static Stage stage;
    private static Caller caller;

    @BeforeAll
    static void start() {
        stage = new Stage();
        caller = stage.caller();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void aLedgerThatIsCutRefusesWhatIsNewAndGoesOnWithWhatItHas() {
        CountDownLatch gate = stage.shop().gate("u-1", "debit-account");
        assertThat(place("u-1").status()).isEqualTo(202);

        stage.postgres().stop();
        Caller.Answer refused = place("u-2");
        gate.countDown();
        stage.postgres().startAgain();

        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        assertThat(refused.json().at("/type").asText()).isEqualTo("urn:reprise:problem:ledger-unavailable");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        await().atMost(SOON).until(() -> status("u-1").equals("COMPLETED"));
        assertThat(caller.get("/api/v1/orders/u-2").status()).isEqualTo(404);
        assertThat(place("u-2").status()).isEqualTo(202);
        await().atMost(SOON).until(() -> status("u-2").equals("COMPLETED"));
    }

    @Test
    void aRestoredLedgerTakesNothingNewUntilThatIsAccepted() {
        assertThat(place("u-3").status()).isEqualTo(202);
        long highWater = stage.ledger().mark().raise();
        stage.ledger().mark().compare(highWater + 1_000);

        Caller.Answer refused = place("u-4");
        Caller.Answer known = caller.get("/api/v1/orders/u-3");

        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        assertThat(refused.json().at("/type").asText()).isEqualTo("urn:reprise:problem:ledger-restored");
        assertThat(refused.json().at("/detail").asText()).contains("reprise audit --all --accept");
        assertThat(known.status()).isEqualTo(200);
        assertThat(caller.get("/api/v1/orders/u-4").status()).isEqualTo(404);

        assertThat(caller.postNothing("/api/v1/audits/accept").status()).isEqualTo(200);
        assertThat(place("u-4").status()).isEqualTo(202);
    }

    private static Caller.Answer place(String id) {
        return caller.post("/api/v1/orders", """
                {"orderId":"%s","accountId":"acc-1","currency":"EUR",\
                "lines":[{"sku":"sku-101","quantity":1,"unitPriceMinor":1250}]}""".formatted(id));
    }

    private static String status(String orderId) {
        Caller.Answer answer = caller.get("/api/v1/orders/" + orderId);
        return answer.status() == 200 ? answer.json().at("/status").asText() : "";
    }
}
