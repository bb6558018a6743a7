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
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.StepOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutcomesTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-19T10:00:00Z"));
    private final Ledger ledger = DATABASE.at(clock);
    private final Outcomes outcomes = ledger.outcomes();

    @Test
    void showsTheNewestRevisionInWhateverOrderTheyCome() {
        RunRef run = running();
        RunOutcome undoing = outcome(run, 2, Forward.FAILED, Compensation.RUNNING);
        RunOutcome undone = outcome(run, 3, Forward.FAILED, Compensation.DONE);

        assertThat(outcomes.settle(undone)).isTrue();
        assertThat(outcomes.settle(undoing)).isFalse();
        assertThat(outcomes.settle(undone)).isFalse();

        assertThat(shown(run).word()).isEqualTo(RunWord.UNDONE);
        assertThat(shown(run).endedAt()).contains(clock.instant());
    }

    @Test
    void neverTakesBackAnEnd() {
        RunRef run = running();
        outcomes.settle(outcome(run, 1, Forward.CANCELLED, Compensation.DONE));

        assertThat(outcomes.settle(outcome(run, 9, Forward.RUNNING, Compensation.NONE)))
                .isFalse();

        assertThat(shown(run).forward()).isEqualTo(Forward.CANCELLED);
    }

    @Test
    void convergesOnTheLastRevisionWhenManyWriteAtOnce() throws Exception {
        RunRef run = running();
        List<RunOutcome> all = new ArrayList<>();
        for (int revision = 1; revision < 12; revision++) {
            all.add(outcome(run, revision, Forward.FAILED, Compensation.RUNNING));
        }
        all.add(outcome(run, 12, Forward.FAILED, Compensation.DONE));
        long seed = 20261119L;
        Collections.shuffle(all, new Random(seed));
        AtomicInteger next = new AtomicInteger();

        AcceptanceTest.atOnce(12, () -> outcomes.settle(all.get(next.getAndIncrement())));

        assertThat(shown(run).revision()).as("seed %s", seed).isEqualTo(12);
        assertThat(shown(run).compensation()).isEqualTo(Compensation.DONE);
    }

    @Test
    void writesTheSuccessInTheTransactionOfTheLastStepOrNotAtAll() throws SQLException {
        RunRef run = running();

        try (Connection connection = DATABASE.database().getConnection()) {
            connection.setAutoCommit(false);
            outcomes.succeed(connection, run);
            connection.rollback();
            assertThat(shown(run).forward()).isEqualTo(Forward.RUNNING);
            outcomes.succeed(connection, run);
            connection.commit();
        }

        assertThat(shown(run).forward()).isEqualTo(Forward.SUCCEEDED);
        assertThat(shown(run).isEnded()).isTrue();
    }

    @Test
    void joinsAFactAndTheSuccessInOneText() throws SQLException {
        RunRef run = running();
        StepFact.Went complete = went(run, "complete", Forward.SUCCEEDED, 1, null);

        try (Connection connection = DATABASE.database().getConnection();
                PreparedStatement both = connection.prepareStatement(StepFacts.WENT_SQL + ";" + Outcomes.SUCCESS_SQL)) {
            int next = StepFacts.bind(both, 1, complete);
            Outcomes.bindSuccess(both, next, run, clock.instant());
            both.execute();
        }

        assertThat(shown(run).forward()).isEqualTo(Forward.SUCCEEDED);
        assertThat(ledger.runs().steps(run)).extracting(RunStep::stepId).containsExactly("complete");
    }

    @Test
    void writesManySuccessesOfOtherDatabasesAtOnce() {
        List<RunRef> runs = List.of(running(), running(), running());
        outcomes.settle(outcome(runs.get(1), 1, Forward.CANCELLED, Compensation.DONE));

        outcomes.succeedAll(runs);

        assertThat(runs)
                .extracting(run -> shown(run).forward())
                .containsExactly(Forward.SUCCEEDED, Forward.CANCELLED, Forward.SUCCEEDED);
    }

    @Test
    void marksALostRunOnlyUnderTheTemporalRunThatWasLost() {
        RunRef run = running();

        assertThat(outcomes.lost(run, "another")).isFalse();
        assertThat(outcomes.lost(run, "t-1")).isTrue();

        assertThat(shown(run).word()).isEqualTo(RunWord.STUCK);
        assertThat(shown(run).reason()).contains("lost");
    }

    @Test
    void letsTheUndoOfATerminatedRunWriteItsOwnRevisions() {
        RunRef run = running();
        outcomes.settle(outcome(run, 7, Forward.FAILED, Compensation.RUNNING));
        outcomes.terminated(run, "t-1", "terminated by somebody", List.of("reserve-stock"));
        assertThat(shown(run).stuckSteps()).containsExactly("reserve-stock");

        assertThat(outcomes.reopened(run, "t-1", "t-2")).isTrue();
        assertThat(outcomes.reopened(run, "t-1", "t-3")).isFalse();
        assertThat(shown(run).revision()).isEqualTo(8);
        outcomes.settle(outcome(run, 9, Forward.FAILED, Compensation.DONE));

        assertThat(shown(run).word()).isEqualTo(RunWord.UNDONE);
    }

    @Test
    void takesTheUndoOfATerminatedRunThoughNobodyHandedTheRunOver() {
        RunRef run = running();
        outcomes.settle(outcome(run, 7, Forward.FAILED, Compensation.RUNNING));
        outcomes.terminated(run, "t-1", "terminated by somebody", List.of("reserve-stock"));
        int revision = shown(run).revision();

        outcomes.settle(outcome(run, revision + 1, Forward.CANCELLED, Compensation.DONE));

        assertThat(shown(run).word()).isEqualTo(RunWord.UNDONE);
    }

    @Test
    void aSagaWithoutPivotMayBeUndoneAfterItsLastStepSettledIt() throws SQLException {
        RunRef run = running();
        try (Connection connection = DATABASE.database().getConnection()) {
            outcomes.succeed(connection, run);
        }

        assertThat(outcomes.settle(outcome(run, 1, Forward.CANCELLED, Compensation.RUNNING)))
                .isTrue();
        assertThat(shown(run).isEnded()).isFalse();
        assertThat(outcomes.settle(outcome(run, 2, Forward.CANCELLED, Compensation.DONE)))
                .isTrue();

        assertThat(shown(run).word()).isEqualTo(RunWord.UNDONE);
    }

    @Test
    void keepsWhatTheRunSaidOfAStepAgainstAttemptsThatAreToldOfLate() throws SQLException {
        RunRef run = running();
        outcomes.settle(new RunOutcome(
                run.runId(),
                run.startedOn(),
                run.workflowId(),
                1,
                Forward.FAILED,
                Compensation.STUCK,
                "out-of-stock",
                "none left",
                List.of(
                        new StepOutcome("create-order", Forward.SUCCEEDED, Compensation.PARTIAL, "skipped"),
                        new StepOutcome("reserve-stock", Forward.FAILED, Compensation.STUCK, "none left"))));

        ledger.stepFacts()
                .recordAll(List.of(
                        went(run, "reserve-stock", Forward.RUNNING, 1, "none left"),
                        undid(run, Compensation.RUNNING, 7, "lock timeout")));

        RunStep step = ledger.runs().steps(run).getLast();
        assertThat(step.forward()).isEqualTo(Forward.FAILED);
        assertThat(step.compensation()).isEqualTo(Compensation.STUCK);
        assertThat(step.undoAttempts()).isEqualTo(7);
        assertThat(step.error()).contains("lock timeout");
    }

    @Test
    void settlesAReasonThatTheDatabaseCannotKeepAsItIs() {
        RunRef run = running();

        outcomes.settle(new RunOutcome(
                run.runId(),
                run.startedOn(),
                run.workflowId(),
                1,
                Forward.CANCELLED,
                Compensation.NONE,
                "cancelled",
                "by a caller\0",
                List.of(new StepOutcome("create-order", Forward.CANCELLED, Compensation.NONE, "by a caller\0"))));

        assertThat(shown(run).isEnded()).isTrue();
        assertThat(shown(run).failure()).contains("by a caller\ufffd");
    }

    @Test
    void keepsWhatAStepSaidOfItselfWhateverComesLate() throws SQLException {
        RunRef run = running();
        StepFacts facts = ledger.stepFacts();
        StepFact done = went(run, "reserve-stock", Forward.SUCCEEDED, 2, null);
        StepFact failed = went(run, "reserve-stock", Forward.RUNNING, 1, "connection lost");

        facts.recordAll(List.of(done, failed, done));
        facts.recordAll(List.of(failed));

        RunStep step = ledger.runs().steps(run).getFirst();
        assertThat(step.forward()).isEqualTo(Forward.SUCCEEDED);
        assertThat(step.attempts()).isEqualTo(2);
        assertThat(step.error()).isEmpty();
    }

    @Test
    void showsAnUndoneStepAsUndoneForGood() throws SQLException {
        RunRef run = running();
        StepFacts facts = ledger.stepFacts();
        facts.recordAll(List.of(went(run, "reserve-stock", Forward.SUCCEEDED, 1, null)));

        facts.recordAll(List.of(undid(run, Compensation.RUNNING, 1, "lock timeout")));
        facts.recordAll(List.of(undid(run, Compensation.DONE, 2, null)));
        facts.recordAll(List.of(undid(run, Compensation.RUNNING, 3, "late")));

        RunStep step = ledger.runs().steps(run).getFirst();
        assertThat(step.forward()).isEqualTo(Forward.SUCCEEDED);
        assertThat(step.compensation()).isEqualTo(Compensation.DONE);
        assertThat(step.undoAttempts()).isEqualTo(2);
    }

    @Test
    void aSuccessOfWhichOnlyTheRunHasToldGetsItsDetailsWhenTheyCome() throws SQLException {
        RunRef run = running();
        outcomes.settle(new RunOutcome(
                run.runId(),
                run.startedOn(),
                run.workflowId(),
                1,
                Forward.FAILED,
                Compensation.DONE,
                "out-of-stock",
                "none left",
                List.of(new StepOutcome("reserve-stock", Forward.SUCCEEDED, Compensation.DONE, null))));
        StepFacts facts = ledger.stepFacts();

        facts.recordAll(List.of(went(run, "reserve-stock", Forward.RUNNING, 1, "connection lost")));
        assertThat(ledger.runs().steps(run).getFirst().worker()).isEmpty();
        facts.recordAll(List.of(
                went(run, "reserve-stock", Forward.SUCCEEDED, 1, null), undid(run, Compensation.DONE, 1, null)));

        RunStep step = ledger.runs().steps(run).getFirst();
        assertThat(step.worker()).contains("worker-1");
        assertThat(step.rows()).hasValue(3);
        assertThat(step.undoEndedAt()).isPresent();
        assertThat(step.forward()).isEqualTo(Forward.SUCCEEDED);
        assertThat(step.compensation()).isEqualTo(Compensation.DONE);
    }

    @Test
    void onlyRunsThatEndedApartFromTheirStepsAreToBeCheckedAndOnce() throws SQLException {
        RunRef joined = running();
        RunRef apart = running();
        RunRef refused = running();
        try (Connection connection = DATABASE.database().getConnection()) {
            outcomes.succeed(connection, joined);
        }
        outcomes.succeedAll(List.of(apart));
        outcomes.settle(outcome(refused, 1, Forward.FAILED, Compensation.RUNNING));
        outcomes.settle(outcome(refused, 2, Forward.FAILED, Compensation.DONE));

        assertThat(unchecked(clock.instant())).doesNotContain(joined, apart, refused);
        assertThat(unchecked(clock.instant().plusSeconds(1)))
                .contains(apart, refused)
                .doesNotContain(joined);
        EndedRun first = ledger.uncheckedSteps()
                .endedBefore(clock.instant().plusSeconds(1), Optional.empty(), 1)
                .getFirst();
        assertThat(ledger.uncheckedSteps().endedBefore(clock.instant().plusSeconds(1), Optional.of(first), 1_000))
                .doesNotContain(first)
                .hasSize(unchecked(clock.instant().plusSeconds(1)).size() - 1);
        ledger.uncheckedSteps().checked(List.of(apart, refused));
        assertThat(unchecked(clock.instant().plusSeconds(1))).doesNotContain(apart, refused);
    }

    @Test
    void showsTheStepsOfASettledRunInTheirOrder() {
        RunRef run = running();

        outcomes.settle(new RunOutcome(
                run.runId(),
                run.startedOn(),
                run.workflowId(),
                1,
                Forward.FAILED,
                Compensation.STUCK,
                "out-of-stock",
                "none left",
                List.of(
                        new StepOutcome("create-order", Forward.SUCCEEDED, Compensation.STUCK, "no way"),
                        new StepOutcome("reserve-stock", Forward.FAILED, Compensation.NONE, "none left"))));

        assertThat(ledger.runs().steps(run))
                .extracting(RunStep::stepId)
                .containsExactly("create-order", "reserve-stock");
        assertThat(shown(run).stuckSteps()).containsExactly("create-order");
        assertThat(shown(run).isEnded()).isFalse();
    }

    private List<RunRef> unchecked(Instant endedBefore) {
        return ledger.uncheckedSteps().endedBefore(endedBefore, Optional.empty(), 1_000).stream()
                .map(EndedRun::ref)
                .toList();
    }

    private RunRef running() {
        Accepted accepted = ledger.acceptance().accept(order("settled-" + RUNS.incrementAndGet()));
        RunRef run = ((Accepted.New) accepted).run();
        ledger.startQueue().started(run, "t-1");
        return run;
    }

    private Run shown(RunRef run) {
        return ledger.runs().byId(run.runId()).orElseThrow();
    }

    private static RunOutcome outcome(RunRef run, int revision, Forward forward, Compensation compensation) {
        return new RunOutcome(
                run.runId(),
                run.startedOn(),
                run.workflowId(),
                revision,
                forward,
                compensation,
                "out-of-stock",
                "none left",
                List.of());
    }

    private StepFact.Went went(RunRef run, String stepId, Forward forward, int attempt, @Nullable String error) {
        return new StepFact.Went(
                run.runId(),
                run.startedOn(),
                stepId,
                2,
                forward,
                attempt,
                3L,
                StepMode.REGULAR,
                "worker-1",
                error,
                clock.instant(),
                clock.instant().plus(Duration.ofMillis(4)));
    }

    private StepFact undid(RunRef run, Compensation compensation, int attempt, @Nullable String error) {
        return new StepFact.Undid(
                run.runId(),
                run.startedOn(),
                "reserve-stock",
                2,
                compensation,
                attempt,
                "worker-1",
                error,
                clock.instant(),
                clock.instant());
    }
}
