package io.reprise.api.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.api.shared.Caller;
import io.reprise.api.shared.Stage;
import io.reprise.db.run.Run;
import io.reprise.db.run.WorkerPresence;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.WorkflowId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StoppedRunsTest {

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
    void theUndoOfATerminatedRunCountsOnFromWhatTheLedgerHasOfIt() {
        stage.shop().refuse("s-1", "debit-account", "insufficient-funds");
        stage.shop().breakUndo("s-1", "reserve-stock");
        caller.post(
                "/api/v1/orders",
                "{\"orderId\":\"s-1\",\"accountId\":\"acc-1\",\"currency\":\"EUR\","
                        + "\"lines\":[{\"sku\":\"sku-1\",\"quantity\":1,\"unitPriceMinor\":5}]}");
        await().atMost(SOON)
                .until(() -> run("s-1")
                        .filter(run -> run.compensation() == Compensation.RUNNING)
                        .flatMap(Run::temporalRunId)
                        .isPresent());
        Run stopped = run("s-1").orElseThrow();
        stage.ledger().outcomes().settle(outcome(stopped, 9));
        stage.temporal().newUntypedWorkflowStub("order/s-1").terminate("to test");
        stage.shop().mendUndo("s-1", "reserve-stock");
        stage.ledger()
                .outcomes()
                .terminated(stopped.ref(), stopped.temporalRunId().orElseThrow(), "terminated", List.of());

        Caller.Answer asked = caller.post("/api/v1/runs/" + stopped.ref().runId() + "/undo", "{}");

        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        await().atMost(SOON).until(() -> run("s-1").orElseThrow().isEnded());
        assertThat(run("s-1").orElseThrow().compensation()).isEqualTo(Compensation.DONE);
        assertThat(run("s-1").orElseThrow().revision()).isGreaterThan(10);
    }

    @Test
    void isNotReadyBeforeAWorkerServesATaskQueue() {
        stage.ledger().workers().present(presence(List.of()));
        assertThat(ready().toString()).contains("none that is there serves a task queue yet");

        stage.ledger().workers().present(presence(List.of("order")));
        assertThat(ready().at("/status").asText()).isEqualTo("UP");
    }

    @Test
    void whatAWorkerFindsWrongWithAKafkaThatIsThereIsToldAndStopsNobody() {
        String words = "topic shop.orders.events forgets: retention.ms=1000 (expected: -1)";
        stage.ledger().workers().present(presence(List.of("order"), "up, but " + words));

        JsonNode report = ready();

        assertThat(report.at("/status").asText()).isEqualTo("UP");
        assertThat(report.findParents("detail"))
                .anySatisfy(part -> assertThat(part.path("detail").asText()).isEqualTo(words));
    }

    @Test
    void aReasonWithANulIsRefused() {
        Caller.Answer refused = caller.post("/api/v1/steps/skip", "{\"reason\":\"a\\u0000b\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/reason");
    }

    private static JsonNode ready() {
        return caller.get("/health/readiness").json();
    }

    private static Optional<Run> run(String orderId) {
        return stage.ledger().runs().byWorkflowId(new WorkflowId("order/" + orderId));
    }

    private static WorkerPresence presence(List<String> taskQueues) {
        return presence(taskQueues, "up");
    }

    private static WorkerPresence presence(List<String> taskQueues, String kafka) {
        Instant now = Instant.now();
        return new WorkerPresence("worker-1", now, now, "test", taskQueues, kafka, "up", "up", true);
    }

    private static RunOutcome outcome(Run run, int revision) {
        return new RunOutcome(
                run.ref().runId(),
                run.ref().startedOn(),
                run.ref().workflowId(),
                revision,
                Forward.FAILED,
                Compensation.RUNNING,
                null,
                null,
                List.of());
    }
}
