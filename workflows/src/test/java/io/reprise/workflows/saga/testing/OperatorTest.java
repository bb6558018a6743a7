package io.reprise.workflows.saga.testing;

import static io.reprise.workflows.saga.testing.Moment.AFTER;
import static io.reprise.workflows.saga.testing.Moment.BEFORE;
import static io.reprise.workflows.saga.testing.Moment.UNDO_BEFORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reprise.workflows.order.OrderSaga;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.saga.Refusal;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What operators ask of a run, and what they are answered. */
class OperatorTest {

    private static final Map<String, String> INPUT = Map.of("any", "input");
    private static final Duration SOON = Duration.ofMillis(200);

    @Test
    void aRetryReplacesTheAttemptThatNothingElseWouldReplace() throws Exception {
        try (Stage stage = Stage.inRealTime(OrderSaga.PLACE, StepMode.REGULAR)) {
            refuseThePivot(stage);
            stage.incidents().at("debit-account", UNDO_BEFORE, 1, OperatorTest::refuse);
            stage.start(INPUT, stage.context(SOON, false));
            stage.world().await(outcome -> outcome.compensation() == Compensation.STUCK);

            stage.operator().retry("debit-account");

            assertThat(stage.failure()).isPresent();
            assertThat(stage.outcome().compensation()).isEqualTo(Compensation.DONE);
        }
    }

    @Test
    void onlyWhatIsStuckIsSkippedAndOnlyWithAReason() throws Exception {
        try (Stage stage = Stage.inRealTime(OrderSaga.PLACE, StepMode.REGULAR)) {
            refuseThePivot(stage);
            stage.incidents().at("debit-account", UNDO_BEFORE, Incidents.ALWAYS, OperatorTest::refuse);
            stage.start(INPUT, stage.context(SOON, false));
            stage.world().await(outcome -> outcome.compensation() == Compensation.STUCK);

            assertRejected("reason-missing", () -> stage.operator().skip("debit-account", " "));
            assertRejected("unknown-step", () -> stage.operator().skip("no-such-step", "x"));
            assertRejected("not-waiting", () -> stage.operator().retry("create-order"));
            RunOutcome skipped = stage.operator().skip("debit-account", "paid back by hand");

            assertThat(skipped.stuckSteps()).isEmpty();
            assertThat(stage.failure()).isPresent();
            assertThat(stage.outcome().compensation()).isEqualTo(Compensation.PARTIAL);
            assertThat(stage.world().effects())
                    .endsWith("undo reserve-stock", "undo create-order")
                    .doesNotContain("undo debit-account");
        }
    }

    @Test
    void aCancelThatComesWithTheStartIsHeard() throws Exception {
        try (Stage stage = new Stage(OrderSaga.PLACE, StepMode.REGULAR)) {
            RunOutcome answer = stage.startAndCancel(INPUT, "changed my mind");

            assertThat(answer.forward()).isEqualTo(Forward.CANCELLED);
            assertThat(stage.failure()).isPresent();
            assertThat(stage.world().effects()).isEmpty();
            assertThat(stage.outcome().failure()).isEqualTo("changed my mind");
        }
    }

    @Test
    void aRunThatWasCancelledBeforeItsStartTakesNoStep() throws Exception {
        for (StepMode mode : StepMode.values()) {
            try (Stage stage = new Stage(OrderSaga.PLACE, mode)) {
                stage.start(INPUT, stage.context(SOON, false).cancelled("changed my mind"));

                assertThat(stage.failure()).isPresent();
                assertThat(stage.world().effects()).isEmpty();
                assertThat(stage.outcome().forward()).isEqualTo(Forward.CANCELLED);
                assertThat(stage.outcome().failure()).isEqualTo("changed my mind");
            }
        }
    }

    @Test
    void aCancelBeforeThePivotIsAnsweredWithTheUndo() throws Exception {
        try (Stage stage = new Stage(OrderSaga.PLACE, StepMode.REGULAR)) {
            FutureTask<RunOutcome> cancel =
                    new FutureTask<>(() -> stage.operator().cancel("changed my mind"));
            stage.incidents().at("debit-account", BEFORE, Incidents.ALWAYS, () -> runAndHang(stage, cancel));

            stage.start(INPUT);

            assertThat(answer(cancel).forward()).isEqualTo(Forward.CANCELLED);
            assertThat(stage.failure()).isPresent();
            assertThat(stage.world().effects())
                    .containsExactly("create-order", "reserve-stock", "undo reserve-stock", "undo create-order");
        }
    }

    @Test
    void aCancelAfterThePivotIsTooLate() throws Exception {
        try (Stage stage = new Stage(OrderSaga.PLACE, StepMode.REGULAR)) {
            FutureTask<RunOutcome> cancel =
                    new FutureTask<>(() -> stage.operator().cancel("changed my mind"));
            stage.incidents().at("complete", AFTER, 1, () -> runAndHang(stage, cancel));

            stage.start(INPUT);

            assertRejected("too-late", () -> unwrapped(cancel));
            assertThat(stage.failure()).isEmpty();
            assertThat(stage.outcome().forward()).isEqualTo(Forward.SUCCEEDED);
        }
    }

    @Test
    void aStepThatMissesItsDeadlineUndoesTheRunForThatReason() throws Exception {
        try (Stage stage = new Stage(OrderSaga.PLACE, StepMode.REGULAR)) {
            stage.incidents().at("debit-account", BEFORE, Incidents.ALWAYS, () -> {
                throw ApplicationFailure.newFailure("the bank is away", "BankAway");
            });

            stage.start(INPUT);

            assertThat(stage.failure().orElseThrow()).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                assertThat(failure.getType()).isEqualTo("payment-deadline");
                assertThat(failure.getOriginalMessage()).contains("'debit-account'", "PT15M", "the bank is away");
            });
            assertThat(stage.world().effects())
                    .containsExactly("create-order", "reserve-stock", "undo reserve-stock", "undo create-order");
        }
    }

    @Test
    void aTerminatedRunIsUndoneFromItsFences() throws Exception {
        try (Stage stage = new Stage(OrderSaga.PLACE, StepMode.REGULAR)) {
            stage.incidents().at("debit-account", AFTER, 1, () -> {
                stage.terminate();
                stage.incidents().hang();
            });
            stage.start(INPUT);
            assertThat(stage.failure()).isPresent();

            stage.start(INPUT, stage.context(RunContext.STUCK_AFTER, true));

            assertThat(stage.failure()).isPresent();
            assertThat(stage.outcome().reason()).isEqualTo("terminated");
            assertThat(stage.outcome().compensation()).isEqualTo(Compensation.DONE);
            assertThat(stage.world().effects())
                    .containsSubsequence("undo debit-account", "undo reserve-stock", "undo create-order");
        }
    }

    private static void refuseThePivot(Stage stage) {
        stage.incidents().at("complete", BEFORE, 1, OperatorTest::refuse);
    }

    private static void refuse() {
        throw Refusal.because("refused", "refused by a test");
    }

    private static void runAndHang(Stage stage, FutureTask<RunOutcome> request) {
        Thread.ofVirtual().start(request);
        stage.incidents().hang();
    }

    private static RunOutcome answer(FutureTask<RunOutcome> request) throws Exception {
        return request.get(Stage.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void unwrapped(FutureTask<RunOutcome> request) throws Throwable {
        try {
            answer(request);
        } catch (ExecutionException failed) {
            throw failed.getCause();
        }
    }

    private static void assertRejected(String type, ThrowingCallable request) {
        assertThatThrownBy(request)
                .hasRootCauseInstanceOf(ApplicationFailure.class)
                .rootCause()
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo(type));
    }
}
