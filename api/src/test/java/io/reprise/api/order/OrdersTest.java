package io.reprise.api.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.api.shared.Caller;
import io.reprise.api.shared.Stage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersTest {

    private static final Duration SOON = Duration.ofSeconds(20);

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
    void anAcceptedOrderIsPlacedAndCompletes() {
        Caller.Answer placed = caller.post("/api/v1/orders", order("o-1", 2));

        assertThat(placed.status()).isEqualTo(202);
        assertThat(placed.header("Location")).isEqualTo("/api/v1/orders/o-1");
        assertThat(placed.json().at("/orderId").asText()).isEqualTo("o-1");
        JsonNode done = until("o-1", "COMPLETED");
        assertThat(done.at("/forward").asText()).isEqualTo("SUCCEEDED");
        assertThat(done.at("/compensation").asText()).isEqualTo("NONE");
        assertThat(done.at("/steps").findValuesAsText("id"))
                .containsExactly("create-order", "reserve-stock", "debit-account", "complete");
        assertThat(done.at("/steps/0/attempts").asInt()).isEqualTo(1);
        assertThat(done.has("reason")).isFalse();
    }

    @Test
    void theSameOrderTwiceIsOneOrder() {
        caller.post("/api/v1/orders", order("o-2", 2));

        Caller.Answer again = caller.post("/api/v1/orders", """
                {"currency":"EUR", "accountId":"acc-1", "orderId":"o-2",
                 "lines":[{"unitPriceMinor":1250,"quantity":2,"sku":"sku-101"}]}""");

        assertThat(again.status()).isEqualTo(202);
        assertThat(runsNamed("o-2")).hasSize(1);
    }

    @Test
    void anOrderWithOtherContentUnderATakenIdIsAConflict() {
        caller.post("/api/v1/orders", order("o-3", 2));

        Caller.Answer other = caller.post("/api/v1/orders", order("o-3", 3));

        assertProblem(other, 409, "other-content");
        assertThat(runsNamed("o-3")).hasSize(1);
    }

    @Test
    void anIdempotencyKeyStaysWithItsRequest() {
        Caller.Answer first = caller.post("/api/v1/orders", order("o-4", 2), "Idempotency-Key", "key-4");
        Caller.Answer same = caller.post("/api/v1/orders", order("o-4", 2), "Idempotency-Key", "key-4");
        Caller.Answer other = caller.post("/api/v1/orders", order("o-4b", 2), "Idempotency-Key", "key-4");

        assertThat(first.status()).isEqualTo(202);
        assertThat(same.status()).isEqualTo(202);
        assertProblem(other, 409, "idempotency-key-reused");
        assertThat(caller.get("/api/v1/orders/o-4b").status()).isEqualTo(404);
    }

    @Test
    void aRefusedOrderEndsRejectedWithItsReasonAndCanBeRetried() {
        stage.shop().refuse("o-5", "reserve-stock", "out-of-stock");
        caller.post("/api/v1/orders", order("o-5", 2));

        JsonNode rejected = until("o-5", "REJECTED");

        assertThat(rejected.at("/reason").asText()).isEqualTo("out-of-stock");
        assertThat(rejected.at("/forward").asText()).isEqualTo("FAILED");
        assertThat(rejected.at("/compensation").asText()).isEqualTo("DONE");

        stage.shop().accept("o-5", "reserve-stock");
        Caller.Answer retried = caller.postNothing("/api/v1/runs/order%2Fo-5/retry");

        assertThat(retried.status()).as(retried.body()).isEqualTo(202);
        assertThat(retried.json().at("/workflowId").asText()).isEqualTo("order/o-5~2");
        until("o-5", "COMPLETED");
    }

    @Test
    void aRunningOrderIsCancelledAndUndone() {
        CountDownLatch gate = stage.shop().gate("o-6", "debit-account");
        caller.post("/api/v1/orders", order("o-6", 2));
        await().atMost(SOON)
                .until(() -> caller.get("/api/v1/orders/o-6")
                        .json()
                        .at("/steps/1/forward")
                        .asText()
                        .equals("SUCCEEDED"));

        Caller.Answer cancelled = caller.post("/api/v1/orders/o-6/cancel", "{\"reason\":\"changed my mind\"}");
        gate.countDown();

        assertThat(cancelled.status()).as(cancelled.body()).isIn(200, 202);
        JsonNode order = until("o-6", "CANCELLED");
        assertThat(order.at("/compensation").asText()).isEqualTo("DONE");
    }

    @Test
    void anOrderThatHasEndedCannotBeCancelled() {
        caller.post("/api/v1/orders", order("o-7", 2));
        until("o-7", "COMPLETED");

        Caller.Answer cancelled = caller.postNothing("/api/v1/orders/o-7/cancel");

        assertProblem(cancelled, 409, "run-ended");
        assertThat(cancelled.json().at("/outcome/forward").asText()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"orderId\":1}|/orderId",
                "{\"orderId\":\"a/b\"}|/orderId",
                "{\"orderId\":\"ünïcode\"}|/orderId",
                "{\"orderId\":\"x\",\"surprise\":true}|/surprise",
                "{\"orderId\":\"x\",\"accountId\":[]}|/accountId",
                "{\"orderId\":\"x\",\"currency\":\"euro\"}|/currency",
                "{\"orderId\":\"x\",\"lines\":[]}|/lines",
                "{\"orderId\":\"x\",\"lines\":[{\"sku\":\"s\",\"quantity\":-1,\"unitPriceMinor\":1}]}|/lines/0/quantity",
                "{\"orderId\":\"x\",\"lines\":[{\"sku\":\"s\",\"quantity\":1e99,\"unitPriceMinor\":1}]}|/lines/0/quantity",
                "{\"orderId\":\"x\",\"lines\":[{\"sku\":\"s\",\"quantity\":9999999999,\"unitPriceMinor\":1}]}|/lines/0/quantity",
                "{\"orderId\":\"x\",\"lines\":[{\"sku\":\"s\",\"quantity\":1,\"unitPriceMinor\":1.5}]}|/lines/0/unitPriceMinor",
                "[]|``",
            })
    void badInputIsToldWithPointersAndNothingIsStored(String body, String pointer) {
        long runs = stage.rows("run");
        long keys = stage.rows("run_key");

        Caller.Answer answer = caller.post("/api/v1/orders", body, "Idempotency-Key", "bad-input");

        assertProblem(answer, 422, "invalid");
        assertThat(answer.json().at("/errors").findValuesAsText("pointer")).contains(pointer);
        assertThat(answer.json().at("/errors/0").has("found")).isTrue();
        assertThat(answer.json().at("/errors/0").has("expected")).isTrue();
        assertThat(stage.rows("run")).isEqualTo(runs);
        assertThat(stage.rows("run_key")).isEqualTo(keys);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "not json", "{\"orderId\":\"x\"} trailing", "\u0000", "[1"})
    void whatIsNoJsonIsMalformed(String body) {
        long runs = stage.rows("run");

        assertProblem(caller.post("/api/v1/orders", body), 400, "malformed");

        assertThat(stage.rows("run")).isEqualTo(runs);
    }

    @Test
    void anIdOf300CharactersIsRefused() {
        Caller.Answer answer = caller.post("/api/v1/orders", order("o".repeat(300), 1));

        assertProblem(answer, 422, "invalid");
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo("/orderId");
    }

    @Test
    void aLongBodyIsTooLarge() {
        String large = " ".repeat(40 * 1024 * 1024);

        assertProblem(caller.post("/api/v1/orders", large.substring(0, 2 * 1024 * 1024)), 413, "too-large");
        assertProblem(caller.post("/api/v1/orders", large), 413, "too-large");
        assertProblem(
                caller.send(caller.request("/api/v1/orders")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))),
                413,
                "too-large");
    }

    @Test
    void aFormIsNotAnOrder() {
        Caller.Answer answer = caller.send(caller.request("/api/v1/orders")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("orderId=o-8")));

        assertProblem(answer, 415, "unsupported-media-type");
    }

    @Test
    void aMethodThatDoesNotFitIsRefused() {
        assertProblem(caller.send(caller.request("/api/v1/orders").DELETE()), 405, "method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"o-unknown", "a%2Fb", "%C3%BCn%C3%AF", "%00", "..%2F..%2Fetc"})
    void anOrderThatIsNotThereIsNotFound(String id) {
        assertProblem(caller.get("/api/v1/orders/" + id), 404, "not-found");
    }

    @Test
    void anIdempotencyKeyOfAnotherFormIsRefused() {
        for (String key : List.of("with blank", "x".repeat(300))) {
            Caller.Answer answer = caller.post("/api/v1/orders", order("o-9", 1), "Idempotency-Key", key);

            assertProblem(answer, 422, "invalid");
            assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo("Idempotency-Key");
        }
    }

    private static void assertProblem(Caller.Answer answer, int status, String word) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().at("/type").asText()).isEqualTo("urn:reprise:problem:" + word);
        assertThat(answer.json().at("/detail").asText()).isNotBlank();
    }

    private static JsonNode until(String orderId, String status) {
        return await().atMost(SOON)
                .until(
                        () -> caller.get("/api/v1/orders/" + orderId).json(),
                        order -> order.at("/status").asText().equals(status));
    }

    private static List<String> runsNamed(String name) {
        return caller.get("/api/v1/runs?feature=order&name=" + name)
                .json()
                .at("/items")
                .findValuesAsText("id");
    }

    private static String order(String id, int quantity) {
        return """
                {"orderId":"%s","accountId":"acc-1","currency":"EUR",\
                "lines":[{"sku":"sku-101","quantity":%d,"unitPriceMinor":1250}]}""".formatted(id, quantity);
    }
}
