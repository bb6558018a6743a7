package io.reprise.db.run;

import static io.reprise.db.run.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.db.Ledger;
import io.reprise.db.shared.SettableClock;
import io.reprise.db.shared.TestLedger;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.RunWord;
import io.reprise.workflows.run.StepOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FailingRunsTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Ledger ledger = DATABASE.at(new SettableClock(Instant.parse("2026-11-19T10:00:00Z")));
    private final Outcomes outcomes = ledger.outcomes();
    private final FailingRuns failing = ledger.failingRuns();

    @Test
    void showsFailingWorkflowCodeOnTheWayForwardAndTakesItBack() {
        RunRef run = running();

        assertThat(failing.workflowTaskFailing(run, "t-1", "mend it")).isTrue();
        assertThat(failing.workflowTaskFailing(run, "t-1", "mend it")).isFalse();

        assertThat(shown(run).word()).isEqualTo(RunWord.STUCK);
        assertThat(shown(run).forward()).isEqualTo(Forward.STUCK);
        assertThat(shown(run).reason()).contains(FailingRuns.WORKFLOW_TASK_FAILING);
        assertThat(ledger.runs().counts().failing()).isPositive();
        assertThat(failing.works(run, "another")).isFalse();
        assertThat(failing.works(run, "t-1")).isTrue();
        assertThat(shown(run).forward()).isEqualTo(Forward.RUNNING);
        assertThat(shown(run).reason()).isEmpty();
    }

    @Test
    void showsFailingWorkflowCodeInAnUndoAndThenWhyTheRunIsUndoneAgain() {
        RunRef run = running();
        outcomes.settle(outcome(run, Compensation.RUNNING, List.of()));
        int failingBefore = ledger.runs().counts().failing();

        assertThat(failing.workflowTaskFailing(run, "t-1", "mend it")).isTrue();

        assertThat(shown(run).word()).isEqualTo(RunWord.STUCK);
        assertThat(shown(run).forward()).isEqualTo(Forward.FAILED);
        assertThat(shown(run).compensation()).isEqualTo(Compensation.STUCK);
        assertThat(shown(run).reason()).contains(FailingRuns.WORKFLOW_TASK_FAILING);
        assertThat(shown(run).failure()).contains("mend it");
        assertThat(ledger.runs().counts().failing()).isEqualTo(failingBefore + 1);
        assertThat(failing.works(run, "t-1")).isTrue();
        assertThat(shown(run).word()).isEqualTo(RunWord.UNDOING);
        assertThat(shown(run).reason()).contains("out-of-stock");
        assertThat(shown(run).failure()).contains("none left");
    }

    @Test
    void anUndoThatWasStuckBeforeItsWorkflowCodeFailedIsStuckAfterwards() {
        RunRef run = running();
        outcomes.settle(outcome(
                run,
                Compensation.STUCK,
                List.of(new StepOutcome("create-order", Forward.SUCCEEDED, Compensation.STUCK, "no answer"))));

        failing.workflowTaskFailing(run, "t-1", "mend it");
        failing.works(run, "t-1");

        assertThat(shown(run).compensation()).isEqualTo(Compensation.STUCK);
        assertThat(shown(run).reason()).contains("out-of-stock");
    }

    @Test
    void showsAFailingStepOnTheWayForwardAndTakesItBackOnceItWorks() {
        RunRef run = running();

        assertThat(failing.stepFailing(run, "t-1", "ReserveStock failed 10 times"))
                .isTrue();
        assertThat(failing.stepFailing(run, "t-1", "ReserveStock failed 11 times"))
                .isFalse();

        assertThat(shown(run).word()).isEqualTo(RunWord.STUCK);
        assertThat(shown(run).reason()).contains(FailingRuns.STEP_FAILING);
        assertThat(shown(run).failure()).contains("ReserveStock failed 10 times");
        assertThat(failing.works(run, "t-1")).isTrue();
        assertThat(shown(run).word()).isEqualTo(RunWord.RUNNING);
        assertThat(shown(run).reason()).isEmpty();
    }

    @Test
    void leavesWhatIsStuckInAnUndoToItsWorkflow() {
        RunRef run = running();
        outcomes.settle(outcome(run, Compensation.RUNNING, List.of()));

        assertThat(failing.stepFailing(run, "t-1", "ReleaseStock failed 10 times"))
                .isFalse();

        assertThat(shown(run).reason()).contains("out-of-stock");
    }

    @Test
    void aRunThatSucceedsWhileItIsShownAsFailingHasNoReasonLeft() throws SQLException {
        RunRef joined = running();
        RunRef apart = running();
        failing.stepFailing(joined, "t-1", "ReserveStock failed 10 times");
        failing.stepFailing(apart, "t-1", "ReserveStock failed 10 times");

        try (Connection connection = DATABASE.database().getConnection()) {
            outcomes.succeed(connection, joined);
        }
        outcomes.succeedAll(List.of(apart));

        assertThat(List.of(shown(joined), shown(apart))).allSatisfy(run -> {
            assertThat(run.word()).isEqualTo(RunWord.SUCCEEDED);
            assertThat(run.reason()).isEmpty();
            assertThat(run.failure()).isEmpty();
        });
    }

    private RunRef running() {
        Accepted accepted = ledger.acceptance().accept(order("failing-" + RUNS.incrementAndGet()));
        RunRef run = ((Accepted.New) accepted).run();
        ledger.startQueue().started(run, "t-1");
        return run;
    }

    private Run shown(RunRef run) {
        return ledger.runs().byId(run.runId()).orElseThrow();
    }

    private static RunOutcome outcome(RunRef run, Compensation compensation, List<StepOutcome> steps) {
        return new RunOutcome(
                run.runId(),
                run.startedOn(),
                run.workflowId(),
                1,
                Forward.FAILED,
                compensation,
                "out-of-stock",
                "none left",
                steps);
    }
}
