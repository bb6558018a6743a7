package io.reprise.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must hold on every topology, seen from outside. Each test has an account and a sku of its own. */
interface WholeSuite {

    Duration PATIENCE = Duration.ofSeconds(60);

    Stack stack();

    private Shop shop() {
        return stack().shop();
    }

    @Test
    default void anOrderIsTakenReservedPaidAndShipped() {
        Answer accepted = shop().place(Shop.order("w-complete", "acc-1", "sku-1", 2, 1250));

        Answer completed = shop().await("w-complete", "COMPLETED");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(completed.body().path("steps"))
                .extracting(step ->
                        step.path("id").asText() + " " + step.path("forward").asText())
                .containsExactly(
                        "create-order SUCCEEDED",
                        "reserve-stock SUCCEEDED",
                        "debit-account SUCCEEDED",
                        "complete SUCCEEDED");
        assertThat(shop().onHand("sku-1")).isEqualTo(999_998);
        assertThat(shop().reserved("sku-1")).isZero();
        assertThat(shop().balance("acc-1")).isEqualTo(1_000_000_000 - 2 * 1250);
    }

    @ParameterizedTest
    @CsvSource({
        "w-no-sku,      acc-2,    sku-none,  1,       100, unknown-sku",
        "w-no-stock,    acc-2,    sku-empty, 1,       100, out-of-stock",
        "w-no-account,  acc-none, sku-2,     1,       100, unknown-account",
        "w-no-funds,    acc-poor, sku-2,     1,       100, insufficient-funds"
    })
    default void aRefusedOrderIsUndoneAndSaysWhy(
            String id, String account, String sku, long quantity, long price, String reason) {
        assertThat(shop().place(Shop.order(id, account, sku, quantity, price)).status())
                .isEqualTo(202);

        Answer rejected = shop().await(id, "REJECTED");

        assertThat(rejected.text("reason")).isEqualTo(reason);
        assertThat(rejected.text("forward")).isEqualTo("FAILED");
        assertThat(rejected.text("compensation")).isEqualTo("DONE");
        assertThat(shop().reserved("sku-2")).isZero();
        assertThat(shop().onHand("sku-2")).isEqualTo(1_000_000);
        assertThat(shop().balance("acc-2")).isEqualTo(1_000_000_000);
    }

    @Test
    default void anOrderInAnotherCurrencyThanTheAccountIsRefused() {
        shop().place(Shop.order("w-currency", "acc-2", "sku-2", 1, 100).replace("EUR", "USD"));

        assertThat(shop().await("w-currency", "REJECTED").text("reason")).isEqualTo("currency-mismatch");
    }

    @Test
    default void theSameOrderSentTwiceIsOneOrder() {
        String order = Shop.order("w-twice", "acc-3", "sku-3", 1, 500);

        Answer first = shop().place(order);
        Answer second = shop().place(order);
        Answer other = shop().place(Shop.order("w-twice", "acc-3", "sku-3", 2, 500));

        shop().await("w-twice", "COMPLETED");
        assertThat(List.of(first.status(), second.status(), other.status())).containsExactly(202, 202, 409);
        assertThat(shop().balance("acc-3")).isEqualTo(1_000_000_000 - 500);
    }

    @Test
    default void anIdempotencyKeyStandsForOneRequest() {
        String order = Shop.order("w-key", "acc-4", "sku-4", 1, 500);

        Answer first = shop().place(order, "key-4");
        Answer again = shop().place(order, "key-4");
        Answer other = shop().place(Shop.order("w-key-other", "acc-4", "sku-4", 1, 500), "key-4");

        shop().await("w-key", "COMPLETED");
        assertThat(List.of(first.status(), again.status(), other.status())).containsExactly(202, 202, 409);
        assertThat(shop().order("w-key-other").status()).isEqualTo(404);
    }

    @Test
    default void badInputIsRefusedWithAPointerAndStoresNothing() {
        Answer negative = shop().place(Shop.order("w-bad", "acc-5", "sku-5", -1, 500));
        Answer slash = shop().place(Shop.order("w/bad", "acc-5", "sku-5", 1, 500));
        Answer broken = shop().place("{\"orderId\":");

        assertThat(negative.status()).isBetween(400, 422);
        assertThat(negative.body().path("errors").path(0).path("pointer").asText())
                .isEqualTo("/lines/0/quantity");
        assertThat(slash.status()).isBetween(400, 422);
        assertThat(broken.status()).isEqualTo(400);
        assertThat(shop().order("w-bad").status()).isEqualTo(404);
    }

    @Test
    default void aCancelledOrderGivesBackWhatItHeld() {
        try (Shop.HeldRow account = shop().hold("select * from shop.accounts where account_id = 'acc-6'")) {
            shop().place(Shop.order("w-cancel", "acc-6", "sku-6", 3, 500));
            account.awaitWaiter();

            assertThat(shop().post("/api/v1/orders/w-cancel/cancel", "{\"reason\":\"changed my mind\"}")
                            .status())
                    .isBetween(200, 202);
        }

        Answer cancelled = shop().await("w-cancel", "CANCELLED");

        assertThat(cancelled.text("compensation")).isEqualTo("DONE");
        assertThat(shop().reserved("sku-6")).isZero();
        assertThat(shop().balance("acc-6")).isEqualTo(1_000_000_000);
    }

    @Test
    default void aCompletedOrderIsTooLateToCancel() {
        shop().place(Shop.order("w-late", "acc-7", "sku-7", 1, 500));
        shop().await("w-late", "COMPLETED");

        Answer late = shop().post("/api/v1/orders/w-late/cancel", "{}");

        assertThat(late.status()).isEqualTo(409);
        assertThat(shop().order("w-late").text("status")).isEqualTo("COMPLETED");
    }

    @Test
    default void anOrderGoesOnWhenItsWorkerIsKilledInTheMiddle() {
        try (Shop.HeldRow account = shop().hold("select * from shop.accounts where account_id = 'acc-8'")) {
            shop().place(Shop.order("w-killed", "acc-8", "sku-8", 1, 500));
            account.awaitWaiter();

            stack().worker().kill();
        }
        stack().worker().startAgain();

        shop().await("w-killed", "COMPLETED");
        assertThat(shop().onHand("sku-8")).isEqualTo(999_999);
        assertThat(shop().reserved("sku-8")).isZero();
        assertThat(shop().balance("acc-8")).isEqualTo(1_000_000_000 - 500);
    }

    @Test
    default void anAcceptedOrderOutlivesTheApiThatTookIt() {
        try (Shop.HeldRow account = shop().hold("select * from shop.accounts where account_id = 'acc-9'")) {
            shop().place(Shop.order("w-api", "acc-9", "sku-9", 1, 500));
            account.awaitWaiter();

            stack().apiProcess().kill();
        }
        stack().apiProcess().startAgain();
        shop().awaitReady();

        shop().await("w-api", "COMPLETED");
        assertThat(shop().balance("acc-9")).isEqualTo(1_000_000_000 - 500);
    }

    @Test
    default void aRecordOnTheTopicPlacesAnOrderOnceHoweverOftenItIsSent() {
        String order = Shop.order("w-topic", "acc-10", "sku-10", 1, 500);

        shop().send("w-topic", order);
        shop().send("w-topic", order);

        shop().await("w-topic", "COMPLETED");
        assertThat(shop().run("order/w-topic").text("source")).isEqualTo("orders-placed");
        assertThat(shop().place(order).status()).isEqualTo(202);
        assertThat(shop().balance("acc-10")).isEqualTo(1_000_000_000 - 500);
    }

    @Test
    default void aRecordThatCannotBeReadIsKeptAndHoldsUpNothing() {
        shop().send("w-poison", "{\"orderId\":\"w-poison\"");
        shop().send("w-after", Shop.order("w-after", "acc-11", "sku-11", 1, 500));

        shop().await("w-after", "COMPLETED");

        List<JsonNode> letters = Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> shop().deadLetters("w-poison"), found -> !found.isEmpty());
        assertThat(letters)
                .singleElement()
                .satisfies(letter -> assertThat(letter.path("code").asText()).isEqualTo("malformed"));
    }

    @Test
    default void aRecordThatContradictsAnOrderIsADeadLetter() {
        shop().send("w-conflict", Shop.order("w-conflict", "acc-12", "sku-12", 1, 500));
        shop().send("w-conflict", Shop.order("w-conflict", "acc-12", "sku-12", 7, 500));

        shop().await("w-conflict", "COMPLETED");

        List<JsonNode> letters = Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> shop().deadLetters("w-conflict"), found -> !found.isEmpty());
        assertThat(letters)
                .singleElement()
                .satisfies(letter -> assertThat(letter.path("code").asText()).isEqualTo("conflict"));
        assertThat(shop().balance("acc-12")).isEqualTo(1_000_000_000 - 500);
    }

    @Test
    default void aTerminatedRunIsShownAsStuckAndUndoneOnRequest() {
        try (Shop.HeldRow account = shop().hold("select * from shop.accounts where account_id = 'acc-13'")) {
            shop().place(Shop.order("w-terminated", "acc-13", "sku-13", 4, 500));
            account.awaitWaiter();

            // With its worker alive, the run might complete before anyone learns that it was terminated.
            stack().worker().kill();
            stack().terminate("order/w-terminated");
        }
        stack().worker().startAgain();
        Answer stuck = shop().await("w-terminated", "STUCK");

        Answer asked = shop().post("/api/v1/runs/" + runId("order/w-terminated") + "/undo", "{}");
        shop().await("w-terminated", "CANCELLED", "REJECTED");

        assertThat(stuck.text("forward")).isEqualTo("STUCK");
        assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
        assertThat(shop().reserved("sku-13")).isZero();
        assertThat(shop().onHand("sku-13")).isEqualTo(1_000_000);
        assertThat(shop().balance("acc-13")).isEqualTo(1_000_000_000);
    }

    @Test
    default void anUndoneOrderIsTriedAgainAsItsSecondGeneration() {
        shop().execute(
                        "insert into shop.accounts (account_id, balance_minor, currency) values ('acc-saver', 0, 'EUR')");
        shop().place(Shop.order("w-again", "acc-saver", "sku-14", 1, 500));
        shop().await("w-again", "REJECTED");
        shop().execute("update shop.accounts set balance_minor = 700 where account_id = 'acc-saver'");

        Answer retried = shop().post("/api/v1/runs/" + runId("order/w-again") + "/retry", "{}");
        shop().await("w-again", "COMPLETED");

        assertThat(retried.status()).as(retried.toString()).isEqualTo(202);
        assertThat(retried.text("workflowId")).isEqualTo("order/w-again~2");
        assertThat(shop().balance("acc-saver")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"orders", "all"})
    default void noStoreDisagreesWithAnother(String kind) {
        shop().place(Shop.order("w-audit-" + kind, "acc-15", "sku-15", 1, 500));
        shop().await("w-audit-" + kind, "COMPLETED");

        Answer audit = Awaitility.await("an audit of " + kind + " without findings")
                .atMost(PATIENCE)
                .until(
                        () -> shop().audit(kind),
                        report -> report.body().path("disagreements").asLong() == 0);

        assertThat(audit.text("state")).as(audit.toString()).isEqualTo("DONE");
        assertThat(audit.body().path("checked").asLong()).as(audit.toString()).isPositive();
    }

    private String runId(String workflowId) {
        return shop().run(workflowId).text("id");
    }
}
