package io.reprise.api.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.api.shared.Caller;
import io.reprise.api.shared.Stage;
import io.reprise.db.run.WorkerPresence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OperatorsTest {

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
    void aTerminatedRunIsUndoneFromItsFences() {
        CountDownLatch gate = stage.shop().gate("t-1", "debit-account");
        place("t-1");
        untilStep("t-1", 1, "SUCCEEDED");

        assertThat(caller.postNothing("/api/v1/runs/order%2Ft-1/undo").status()).isEqualTo(409);
        stage.temporal().newUntypedWorkflowStub("order/t-1").terminate("the test");
        Caller.Answer undo = caller.postNothing("/api/v1/runs/order%2Ft-1/undo");

        // The terminated run's task still waits at the gate: opened before the undo, it could pass the pivot first.
        assertThat(undo.status()).as(undo.body()).isEqualTo(202);
        JsonNode run = untilEnded("t-1");
        gate.countDown();
        assertThat(run.at("/compensation").asText()).isEqualTo("DONE");
        assertThat(run.at("/steps/1/compensation").asText()).isEqualTo("DONE");
    }

    @Test
    void aRunIsFollowedUntilItEnds() {
        place("f-1");

        Caller.Answer followed = caller.get("/api/v1/runs/order%2Ff-1/events");

        assertThat(followed.header("Content-Type")).startsWith("text/event-stream");
        assertThat(followed.body()).contains("event: ended", "\"workflowId\":\"order/f-1\"", "SUCCEEDED");
    }

    @Test
    void aRunShowsItsStepsItsLogAndWhereTemporalShowsIt() {
        place("s-1");
        JsonNode run = untilEnded("s-1");
        String id = run.at("/id").asText();

        assertThat(run.at("/state").asText()).isEqualTo("Succeeded");
        assertThat(run.at("/acceptedAt").asText()).matches("\\d{4}-\\d{2}-\\d{2}T.*Z");
        assertThat(run.at("/links/temporal").asText()).contains("/workflows/order%2Fs-1/");
        assertThat(caller.get("/api/v1/runs/" + id).json()).isEqualTo(run);
        assertThat(caller.get("/api/v1/runs/" + id + "/logs").body()).contains("create-order", "ended Succeeded");
        assertThat(caller.get("/api/v1/runs/" + id + "/history").json().at("/events"))
                .isNotEmpty();
    }

    @Test
    void listsArePagedByCursor() {
        List.of("p-1", "p-2", "p-3").forEach(OperatorsTest::place);

        JsonNode first = caller.get("/api/v1/runs?feature=order&limit=2").json();
        JsonNode second = caller.get("/api/v1/runs?feature=order&limit=2&cursor="
                        + first.at("/next").asText())
                .json();

        assertThat(first.at("/items")).hasSize(2);
        assertThat(second.at("/items").findValuesAsText("id"))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(first.at("/items").findValuesAsText("id"));
    }

    @Test
    void aWrongFilterIsToldWithWhatWasExpected() {
        Caller.Answer answer = caller.get("/api/v1/runs?forward=FINE&since=yesterday&limit=0");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors").findValuesAsText("pointer"))
                .containsExactly("forward", "since", "limit");
    }

    @Test
    void aRunWithoutInputOrOfAnUnknownKindIsRefused() {
        Caller.Answer unknown = caller.post("/api/v1/runs", "{\"kind\":\"dance\",\"name\":\"d-1\",\"extra\":1}");
        Caller.Answer bare =
                caller.post("/api/v1/runs", "{\"kind\":\"order\",\"name\":\"d-1\",\"slot\":\"2026-11-19\"}");

        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().at("/errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/kind", "/extra");
        assertThat(bare.status()).isEqualTo(422);
        assertThat(bare.json().at("/errors").findValuesAsText("pointer")).containsExactlyInAnyOrder("/slot", "/input");
    }

    @Test
    void aStepOfARunThatEndedCannotBeSkippedAndAReasonIsNeeded() {
        place("k-1");
        untilEnded("k-1");
        String step = "/api/v1/runs/order%2Fk-1/steps/";

        assertThat(caller.postNothing(step + "complete/skip").status()).isEqualTo(422);
        assertThat(caller.post(step + "complete/skip", "{\"reason\":\"x\"}").status())
                .isEqualTo(409);
        assertThat(caller.postNothing(step + "none/retry").status()).isEqualTo(404);
    }

    @Test
    void whatAnOperatorDecidesIsWrittenDown() {
        CountDownLatch gate = stage.shop().gate("w-1", "debit-account");
        place("w-1");
        untilStep("w-1", 1, "SUCCEEDED");
        long before = stage.rows("operator_audit");

        caller.post("/api/v1/runs/order%2Fw-1/cancel", "{\"reason\":\"x\"}", "Reprise-Actor", "ada");
        gate.countDown();

        untilEnded("w-1");
        assertThat(stage.rows("operator_audit")).isEqualTo(before + 1);
    }

    @Test
    void anAuditIsAskedForAndShown() {
        Caller.Answer asked = caller.post("/api/v1/audits", "{\"kind\":\"orders\"}");

        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        assertThat(caller.get(asked.header("Location")).json().at("/state").asText())
                .isEqualTo("REQUESTED");
        assertThat(caller.post("/api/v1/audits", "{\"kind\":\"nothing\"}").status())
                .isEqualTo(422);
        assertThat(caller.postNothing("/api/v1/audits/accept")
                        .json()
                        .at("/accepts")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void readinessNamesThePartThatIsDown() {
        Caller.Answer alone = caller.get("/health/readiness");
        assertThat(alone.status()).isEqualTo(503);
        assertThat(alone.json().at("/status").asText()).isEqualTo("DOWN");
        assertThat(alone.body()).contains("\"worker\"", "none was heard of");

        Instant now = Instant.now();
        stage.ledger()
                .workers()
                .present(new WorkerPresence("w", now, now, "test", List.of("order"), "up", "up", "up", true));

        assertThat(caller.get("/health/readiness").json().at("/status").asText())
                .isEqualTo("UP");
        assertThat(caller.get("/health").json().at("/status").asText()).isEqualTo("UP");
    }

    @Test
    void theDescriptionAndTheMetricsNeedNoTokenButAreNotForOtherOrigins() {
        assertThat(caller.get("/openapi").body()).contains("/api/v1/orders", "/api/v1/runs/{id}/events");
        assertThat(caller.get("/metrics").body()).contains("jvm_memory_used_bytes", "reprise_run_stuck_runs 0");
        Caller.Answer foreign = caller.get("/metrics", "Origin", "http://evil.example");
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.json().at("/detail").asText()).contains("http://evil.example");
    }

    private static void place(String id) {
        Caller.Answer placed = caller.post("/api/v1/orders", """
                {"orderId":"%s","accountId":"acc-1","currency":"EUR",\
                "lines":[{"sku":"sku-101","quantity":1,"unitPriceMinor":1250}]}""".formatted(id));
        assertThat(placed.status()).as(placed.body()).isEqualTo(202);
    }

    private static void untilStep(String orderId, int place, String word) {
        await().atMost(SOON)
                .until(() -> caller.get("/api/v1/orders/" + orderId)
                        .json()
                        .at("/steps/" + place + "/forward")
                        .asText()
                        .equals(word));
    }

    private static JsonNode untilEnded(String orderId) {
        return await().atMost(SOON)
                .until(() -> caller.get("/api/v1/runs/order%2F" + orderId).json(), run -> run.hasNonNull("endedAt"));
    }
}
