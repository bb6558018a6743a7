package io.reprise.activities.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reprise.activities.saga.StockRoom.Taken;
import io.reprise.activities.shared.TestDatabase;
import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.SqlFailures;
import io.reprise.db.run.StepFact.Undid;
import io.reprise.db.run.StepFact.Went;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.saga.Refusal;
import io.reprise.workflows.saga.Undone;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What else can go wrong at a fence, on each database: changed requests, early commits, no time, bad values. */
@Tag("slow")
@Timeout(60)
@ParameterizedClass
@EnumSource(TestDatabase.class)
class FenceFailuresTest {

    private static final Map<TestDatabase, String> URLS = new EnumMap<>(TestDatabase.class);
    private final TestDatabase database;
    private StockRoom room;

    FenceFailuresTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void openRoom() {
        room = new StockRoom(database, URLS.computeIfAbsent(database, TestDatabase::newDatabase));
    }

    @AfterEach
    void closeRoom() {
        room.close();
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() {
        room.take(3);

        ApplicationFailure changed = failureOf(() -> room.take(4));

        assertThat(changed.getType()).isEqualTo(FenceFailures.REQUEST_CHANGED);
        assertThat(changed.isNonRetryable()).isTrue();
        assertThat(room.leftOver()).isEqualTo(7);
    }

    @Test
    void aFenceCommittedAsRunningIsLeftToAPerson() {
        failureOf(() -> room.takeOn(room.steps(), 3, transaction -> {
            room.execute("select 1");
            throw new SQLException("undefined", "42P01");
        }));
        room.execute("insert into " + room.table("fence") + " (step_key, workflow_id, run_id, started_on, step_id, "
                + database.dialect().quote("position") + ", state)"
                + " values ('" + room.key + "', 'order/o-1', 'run-1', '2026-11-20', 'take', 1, 'RUNNING')");

        ApplicationFailure forward = failureOf(() -> room.take(3));
        ApplicationFailure undo = failureOf(room::giveBack);

        assertThat(forward.getType()).isEqualTo(FenceFailures.STEP_UNCERTAIN);
        assertThat(forward.isNonRetryable()).isTrue();
        assertThat(undo.getType()).isEqualTo(FenceFailures.STEP_UNCERTAIN);
        assertThat(undo.isNonRetryable()).isFalse();
        assertThat(room.leftOver()).isEqualTo(10);
        assertThat(room.fenceState()).isEqualTo("RUNNING");
    }

    @Test
    void aStepThatCommitsEarlyIsLeftToAPersonAtOnce() {
        ApplicationFailure early = failureOf(() -> room.takeOn(room.steps(), 3, room::commitEarly));

        assertThat(early.getType()).isEqualTo(FenceFailures.STEP_UNCERTAIN);
        assertThat(early.isNonRetryable()).isTrue();
        assertThat(room.fenceState()).isEqualTo("RUNNING");
        assertThat(failureOf(() -> room.take(3)).getType()).isEqualTo(FenceFailures.STEP_UNCERTAIN);
        assertThat(failureOf(room::giveBack).getType()).isEqualTo(FenceFailures.STEP_UNCERTAIN);
        assertThat(room.leftOver()).isEqualTo(7);
    }

    @Test
    void anUndoThatCommitsEarlyIsNotDoneTwice() {
        if (database == TestDatabase.POSTGRESQL) {
            // Nothing but a literal COMMIT ends a transaction there, and that is refused before it gets here.
            return;
        }
        room.take(3);
        UndoWork<Taken> work = (transaction, taken) -> {
            transaction.run(new Pipeline().add(StockRoom.GIVE_BACK, taken.pieces()));
            room.commitEarly(transaction);
        };

        ApplicationFailure early = failureOf(() -> room.steps().undo(room.undoCall(), Taken.class, work));
        ApplicationFailure again = failureOf(() -> room.steps().undo(room.undoCall(), Taken.class, work));

        assertThat(early.getType()).isEqualTo(FenceFailures.STEP_UNCERTAIN);
        assertThat(early.isNonRetryable()).isFalse();
        assertThat(again.getType()).isEqualTo(FenceFailures.STEP_UNCERTAIN);
        assertThat(room.leftOver()).isEqualTo(10);
    }

    @Test
    void limitsOfAnAttemptDoNotOutliveIt() {
        room.limitAttemptsTo(Duration.ofMillis(700));
        room.take(3);
        failureOf(() -> room.takeOn(room.steps(), 4, transaction -> {}));
        room.limitAttemptsTo(Duration.ofSeconds(10));

        assertThat(room.number("select count(*) from stock")).isEqualTo(1);
        assertThat(room.giveBack()).isEqualTo(Undone.COMPENSATED);
    }

    @Test
    void aStepThatWorksLongerThanItsLimitIsEndedByTheDatabase() {
        room.limitAttemptsTo(Duration.ofMillis(500));

        ApplicationFailure ended =
                failureOf(() -> room.steps().forward(room.call(), new Taken(3), Taken.class, transaction -> {
                    transaction.run(new Pipeline().add(StockRoom.TAKE, 3).add(database.endlessQuery()));
                    return new Taken(3);
                }));

        assertThat(ended.getType()).isEqualTo(SqlFailures.TRANSIENT);
        assertThat(room.leftOver()).isEqualTo(10);
        assertThat(room.fences()).isZero();
    }

    @Test
    void anAttemptWhoseTimeIsOverDoesNotBegin() {
        room.limitAttemptsTo(Duration.ZERO);

        ApplicationFailure late = failureOf(() -> room.take(3));

        assertThat(late.getType()).isEqualTo(FenceFailures.NO_TIME_LEFT);
        assertThat(late.isNonRetryable()).isFalse();
        assertThat(room.fences()).isZero();
    }

    @Test
    void aRefusalLeavesNothingBehindButItsWords() {
        ApplicationFailure refused = failureOf(() -> room.takeOn(room.steps(), 3, transaction -> {
            throw Refusal.because("out-of-stock", "cannot take 3: found 0");
        }));

        assertThat(refused.getType()).isEqualTo("out-of-stock");
        assertThat(refused.isNonRetryable()).isTrue();
        assertThat(room.fences()).isZero();
        assertThat(room.leftOver()).isEqualTo(10);
        assertThat(room.ledger().rolledBack)
                .singleElement()
                .extracting(StepEntry::fact)
                .asInstanceOf(InstanceOfAssertFactories.type(Went.class))
                .returns("out-of-stock: cannot take 3: found 0", Went::error);
    }

    @Test
    void whatCommittedIsToldToTheLedgerOnceMoreWhenTheStepIsRepeated() {
        room.take(3);
        room.take(3);
        room.giveBack();

        assertThat(room.ledger().committed.stream().map(StepEntry::fact))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .asInstanceOf(InstanceOfAssertFactories.type(Went.class))
                                .returns(Forward.SUCCEEDED, Went::forward)
                                .returns(1, Went::attempt)
                                .returns(1L, Went::rows),
                        repeated -> assertThat(repeated)
                                .asInstanceOf(InstanceOfAssertFactories.type(Went.class))
                                .returns(2, Went::attempt),
                        undone -> assertThat(undone)
                                .asInstanceOf(InstanceOfAssertFactories.type(Undid.class))
                                .returns(Compensation.DONE, Undid::compensation)
                                .returns(3, Undid::attempt));
    }

    @Test
    void badValuesAreNotWorthAnotherAttempt() {
        ApplicationFailure broken =
                failureOf(() -> room.steps().forward(room.call(), new Taken(3), Taken.class, transaction -> {
                    transaction.run(new Pipeline().add("insert into stock values (null)"));
                    return new Taken(3);
                }));

        assertThat(broken.getType()).isEqualTo(SqlFailures.LASTING);
        assertThat(broken.isNonRetryable()).isTrue();
    }

    @Test
    void anUndoThatMeetsABadValueStaysWorthAnotherAttempt() {
        room.take(3);

        ApplicationFailure broken = failureOf(() -> room.steps()
                .undo(
                        room.undoCall(),
                        Taken.class,
                        (transaction, taken) ->
                                transaction.run(new Pipeline().add("insert into stock values (null)"))));

        assertThat(broken.isNonRetryable()).isFalse();
        assertThat(room.giveBack()).isEqualTo(Undone.COMPENSATED);
    }

    private static ApplicationFailure failureOf(Runnable step) {
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, step::run);
        assertThat(failure).isNotNull();
        return failure;
    }
}
