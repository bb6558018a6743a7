package io.reprise.api.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.api.shared.Caller;
import io.reprise.api.shared.Stage;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.RunOrder;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What operators do about runs that cannot go on, or that nobody wants any more. */
@Tag("slow")
class InterventionsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

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
    void aStuckUndoIsRetriedOnceItsCauseIsMended() {
        stuckAtReserveStock("i-1");
        assertThat(caller.get("/api/v1/orders/i-1").json().at("/status").asText())
                .isEqualTo("STUCK");

        stage.shop().mendUndo("i-1", "reserve-stock");
        Caller.Answer retried =
                caller.postNothing("/api/v1/runs/order%2Fi-1/steps/reserve-stock/retry", "Reprise-Actor", "ada");

        assertThat(retried.status()).as(retried.body()).isEqualTo(202);
        JsonNode ended = untilEnded("i-1");
        assertThat(ended.at("/forward").asText()).isEqualTo("FAILED");
        assertThat(ended.at("/compensation").asText()).isEqualTo("DONE");
        assertThat(ended.at("/stuckSteps")).isEmpty();
    }

    @Test
    void aStuckUndoIsSkippedForAReasonAndTheOrderIsPartlyUndone() {
        stuckAtReserveStock("i-2");

        Caller.Answer skipped =
                caller.post("/api/v1/runs/order%2Fi-2/steps/reserve-stock/skip", "{\"reason\":\"counted by hand\"}");

        assertThat(skipped.status()).as(skipped.body()).isEqualTo(202);
        JsonNode ended = untilEnded("i-2");
        assertThat(ended.at("/compensation").asText()).isEqualTo("PARTIAL");
        assertThat(ended.at("/state").asText()).isEqualTo("Partly undone");
        assertThat(caller.postNothing("/api/v1/runs/order%2Fi-2/retry").status())
                .isEqualTo(409);
        assertThat(caller.post("/api/v1/runs/order%2Fi-2/retry", "{\"acceptPartial\":true}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void aRetryThatIsSentAgainUnderItsKeyIsAcceptedAgain() {
        stuckAtReserveStock("i-3");
        String path = "/api/v1/runs/order%2Fi-3/steps/reserve-stock/retry";

        Caller.Answer first = caller.postNothing(path, "Idempotency-Key", "key-3");
        Caller.Answer second = caller.postNothing(path, "Idempotency-Key", "key-3");

        assertThat(List.of(first.status(), second.status())).containsExactly(202, 202);
        untilStuck("i-3");
        stage.shop().mendUndo("i-3", "reserve-stock");
        caller.postNothing(path);
        untilEnded("i-3");
    }

    @Test
    void everyStuckStepThatAFilterFindsIsRetriedAtOnce() {
        stuckAtReserveStock("i-4");
        stuckAtReserveStock("i-5");
        String both = "{\"feature\":\"order\",\"step\":\"reserve-stock\"%s}";

        JsonNode planned = caller.post("/api/v1/steps/retry", both.formatted(",\"dryRun\":true"))
                .json();
        stage.shop().mendUndo("i-4", "reserve-stock");
        stage.shop().mendUndo("i-5", "reserve-stock");
        JsonNode asked = caller.post("/api/v1/steps/retry", both.formatted("")).json();

        assertThat(planned.at("/items").findValuesAsText("workflowId")).contains("order/i-4", "order/i-5");
        assertThat(planned.at("/items").findValuesAsText("result")).containsOnly("PLANNED");
        assertThat(asked.at("/items").findValuesAsText("result")).containsOnly("ASKED");
        assertThat(untilEnded("i-4").at("/compensation").asText()).isEqualTo("DONE");
        assertThat(untilEnded("i-5").at("/compensation").asText()).isEqualTo("DONE");
    }

    @Test
    void aKeyOfAnyAllowedLengthMakesARetryTheSame() {
        stuckAtReserveStock("i-8");
        String path = "/api/v1/runs/order%2Fi-8/steps/reserve-stock/retry";

        assertThat(caller.postNothing(path, "Idempotency-Key", "k".repeat(200)).status())
                .isEqualTo(202);
        Caller.Answer tooLong = caller.postNothing(path, "Idempotency-Key", "k".repeat(201));

        assertThat(tooLong.status()).as(tooLong.body()).isEqualTo(422);
        assertThat(tooLong.json().at("/errors/0/pointer").asText()).isEqualTo("Idempotency-Key");
        stage.shop().mendUndo("i-8", "reserve-stock");
        caller.postNothing(path);
        untilEnded("i-8");
    }

    @Test
    void ofManyNobodyIsAskedAnyMoreOnceOneGotNoAnswer() {
        stuckAtReserveStock("i-9");
        stuckAtReserveStock("i-10");
        stage.shop().mendUndo("i-9", "reserve-stock");
        stage.shop().mendUndo("i-10", "reserve-stock");
        String all = "{\"feature\":\"order\",\"step\":\"reserve-stock\"}";
        stage.stopWorkers();

        JsonNode asked = caller.post("/api/v1/steps/retry", all).json().at("/items");
        stage.startWorkers();

        assertThat(asked.findValuesAsText("result")).hasSize(2).containsOnly("UNANSWERED");
        assertThat(asked.findValuesAsText("detail")).hasSize(2).allMatch(it -> it.contains("order/i-10"));
        caller.post("/api/v1/steps/retry", all);
        untilEnded("i-9");
        untilEnded("i-10");
    }

    @Test
    void aCancelAfterThePivotIsTooLateAndTheOrderCompletes() {
        CountDownLatch exit = stage.shop().exit("i-6", "complete");
        place("i-6");
        await().atMost(SOON).until(() -> stage.shop().isDone("i-6", "complete"));

        Caller.Answer late = caller.post("/api/v1/orders/i-6/cancel", "{\"reason\":\"changed my mind\"}");
        exit.countDown();

        assertThat(late.status()).as(late.body()).isEqualTo(409);
        assertThat(late.json().at("/type").asText()).isEqualTo("urn:reprise:problem:too-late");
        assertThat(untilEnded("i-6").at("/forward").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aCancelThatNobodyDecidesIsNotSaidToHaveWorked() {
        CountDownLatch decision = stage.shop().gateDecision("i-11");
        CountDownLatch exit = stage.shop().exit("i-11", "complete");
        place("i-11");
        await().atMost(SOON).until(() -> stage.shop().isDone("i-11", "complete"));

        Caller.Answer undecided = caller.post("/api/v1/orders/i-11/cancel", "{\"reason\":\"changed my mind\"}");
        decision.countDown();
        Caller.Answer decided = caller.post("/api/v1/orders/i-11/cancel", "{\"reason\":\"changed my mind\"}");
        exit.countDown();

        assertThat(undecided.status()).as(undecided.body()).isEqualTo(503);
        assertThat(undecided.json().at("/type").asText()).isEqualTo("urn:reprise:problem:no-worker");
        assertThat(decided.status()).as(decided.body()).isEqualTo(409);
        assertThat(untilEnded("i-11").at("/forward").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aCancelThatIsDecidedLaterWorksAllTheSame() {
        CountDownLatch decision = stage.shop().gateDecision("i-12");
        CountDownLatch debit = stage.shop().gate("i-12", "debit-account");
        place("i-12");
        await().atMost(SOON).until(() -> stage.shop().isDone("i-12", "reserve-stock"));

        Caller.Answer undecided = caller.post("/api/v1/orders/i-12/cancel", "{\"reason\":\"changed my mind\"}");
        decision.countDown();
        debit.countDown();

        assertThat(undecided.status()).as(undecided.body()).isEqualTo(503);
        assertThat(untilEnded("i-12").at("/forward").asText()).isEqualTo("CANCELLED");
        assertThat(untilEnded("i-12").at("/compensation").asText()).isEqualTo("DONE");
    }

    @Test
    void aRunThatNobodyTriedToStartIsCancelledAtOnce() {
        stage.ledger()
                .acceptance()
                .accept(new NewRun(
                        new WorkflowId("order/i-7"),
                        "order",
                        "order",
                        new RunInput("{}"),
                        StepMode.REGULAR,
                        "test",
                        RunOrder.FREE));

        Caller.Answer cancelled = caller.post("/api/v1/orders/i-7/cancel", "{\"reason\":\"never mind\"}");

        assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(200);
        assertThat(cancelled.json().at("/status").asText()).isEqualTo("CANCELLED");
        JsonNode run = run("i-7");
        assertThat(run.at("/compensation").asText()).isEqualTo("NONE");
        assertThat(run.at("/failure").asText()).isEqualTo("never mind");
    }

    private static void stuckAtReserveStock(String orderId) {
        stage.shop().refuse(orderId, "debit-account", "insufficient-funds");
        stage.shop().breakUndoForGood(orderId, "reserve-stock");
        place(orderId);
        untilStuck(orderId);
    }

    private static void untilStuck(String orderId) {
        await().atMost(SOON)
                .until(() -> run(orderId).at("/stuckSteps").toString().equals("[\"reserve-stock\"]"));
    }

    private static void place(String id) {
        Caller.Answer placed = caller.post("/api/v1/orders", """
                {"orderId":"%s","accountId":"acc-1","currency":"EUR",\
                "lines":[{"sku":"sku-101","quantity":1,"unitPriceMinor":1250}]}""".formatted(id));
        assertThat(placed.status()).as(placed.body()).isEqualTo(202);
    }

    private static JsonNode run(String orderId) {
        return caller.get("/api/v1/runs/order%2F" + orderId).json();
    }

    private static JsonNode untilEnded(String orderId) {
        return await().atMost(SOON).until(() -> run(orderId), run -> run.hasNonNull("endedAt"));
    }
}
