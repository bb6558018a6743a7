package io.reprise.api.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reprise.api.shared.Caller;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.api.shared.Stage;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.Lease;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.QueuedRun;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunOrder;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cancel that comes after somebody claimed the run and before it is started. */
@Tag("slow")
class CancelInTheGapTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Lease STARTER = new Lease("a starter", Duration.ofMinutes(5));

    private static Stage stage;

    @BeforeAll
    static void start() {
        stage = new Stage();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void isAnsweredByTheWorkflowOnceItIsStarted() {
        QueuedRun claimed = claimed("g-1");
        CountDownLatch gate = stage.shop().gate("g-1", "debit-account");

        boolean heard = cancellation(() -> start(claimed)).cancel(run("g-1"), "changed my mind");
        gate.countDown();

        assertThat(heard).isTrue();
        assertThat(awaitEnded("g-1").forward()).isEqualTo(Forward.CANCELLED);
        assertThat(run("g-1").compensation()).isEqualTo(Compensation.DONE);
    }

    @Test
    void isToldThatItIsTooLateWhereTheRunPassedItsPivotMeanwhile() {
        QueuedRun claimed = claimed("g-2");
        Cancellation cancellation = cancellation(() -> {
            start(claimed);
            awaitEnded("g-2");
        });

        assertThatThrownBy(() -> cancellation.cancel(run("g-2"), "changed my mind"))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.type().status().getCode()).isEqualTo(409);
                    assertThat(refused.getMessage()).contains("order/g-2", "SUCCEEDED");
                });
    }

    @Test
    void isDoneWhereTheStartTookItAlong() {
        claimed("g-3");
        Cancellation cancellation = cancellation(() -> {
            start(stage.ledger().runs().startable(run("g-3").ref()).orElseThrow());
            awaitEnded("g-3");
        });

        boolean heard = cancellation.cancel(run("g-3"), "changed my mind");

        assertThat(heard).isTrue();
        assertThat(run("g-3").forward()).isEqualTo(Forward.CANCELLED);
        assertThat(run("g-3").failure()).contains("changed my mind");
        assertThat(run("g-3").compensation()).isEqualTo(Compensation.NONE);
    }

    @Test
    void isUnansweredButNotedAndWrittenDownWhereNobodyStartsTheRun() {
        claimed("g-4");
        long decisions = stage.rows("operator_audit");

        Caller.Answer answer = stage.caller().post("/api/v1/orders/g-4/cancel", "{\"reason\":\"changed my mind\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.json().at("/type").asText()).isEqualTo(ProblemType.NOT_STARTED.uri());
        assertThat(answer.json().at("/detail").asText())
                .contains("order/g-4", "the wish is noted", "goes with the start", "again");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(stage.rows("operator_audit")).isEqualTo(decisions + 1);
        assertThat(stage.ledger()
                        .runs()
                        .startable(run("g-4").ref())
                        .orElseThrow()
                        .cancelled())
                .contains("changed my mind");
    }

    @Test
    void isPassedOnByWhoeverStartsTheRun() {
        CountDownLatch gate = stage.shop().gate("g-5", "debit-account");
        QueuedRun claimed = claimed("g-5");
        stage.ledger().startQueue().cancel(claimed.run().runId(), "changed my mind");

        new PromptStart(stage.temporal(), stage.ledger().startQueue(), "api").start(claimed);
        gate.countDown();

        assertThat(awaitEnded("g-5").forward()).isEqualTo(Forward.CANCELLED);
    }

    private static Cancellation cancellation(Runnable pause) {
        return new Cancellation(
                stage.ledger().runs(), stage.ledger().startQueue(), new RunUpdates(stage.temporal()), pause);
    }

    /** As somebody has it who claimed it before the wish. */
    private static QueuedRun claimed(String orderId) {
        String order = """
                {"orderId":"%s","accountId":"acc-1","currency":"EUR",\
                "lines":[{"sku":"sku-101","quantity":1,"unitPriceMinor":1250}]}""".formatted(orderId);
        NewRun run = new NewRun(
                new WorkflowId("order/" + orderId),
                "order",
                "order",
                new RunInput(order),
                StepMode.REGULAR,
                "test",
                RunOrder.FREE);
        Accepted accepted = stage.ledger().acceptance().accept(run, STARTER);
        return QueuedRun.accepted(((Accepted.New) accepted).run(), run);
    }

    private static void start(QueuedRun run) {
        stage.ledger().startQueue().started(run.run(), run.start().start(stage.temporal()));
    }

    private static Run run(String orderId) {
        return stage.ledger()
                .runs()
                .byWorkflowId(new WorkflowId("order/" + orderId))
                .orElseThrow();
    }

    private static Run awaitEnded(String orderId) {
        await().atMost(SOON).until(() -> run(orderId).isEnded());
        return run(orderId);
    }
}
