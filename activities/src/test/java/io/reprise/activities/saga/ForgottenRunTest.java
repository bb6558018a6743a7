package io.reprise.activities.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reprise.activities.saga.StockRoom.Taken;
import io.reprise.activities.shared.TestDatabase;
import io.reprise.activities.sql.Pipeline;
import io.reprise.db.run.Outcomes;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run comes to steps that another one did under the same id, of which the ledger no longer knows. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ForgottenRunTest {

    private final TestDatabase database;
    private StockRoom room;

    ForgottenRunTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void theFirstRunTookThree() {
        room = new StockRoom(database, database.newDatabase());
        room.take(3);
    }

    @AfterEach
    void closeRoom() {
        room.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void aStepOfAnotherRunIsRefusedWhateverItsRequest(int pieces) {
        ApplicationFailure refused = catchThrowableOfType(ApplicationFailure.class, () -> takeAs("run-2", pieces));

        assertThat(refused.getType()).isEqualTo("order-exists");
        assertThat(refused.isNonRetryable()).isTrue();
        assertThat(refused).hasMessageContainingAll(room.key.value(), "run-1");
        assertThat(room.leftOver()).isEqualTo(7);
    }

    @Test
    void anUndoneStepOfAnotherRunIsRefusedAlike() {
        room.giveBack();

        ApplicationFailure refused = catchThrowableOfType(ApplicationFailure.class, () -> takeAs("run-2", 3));

        assertThat(refused.getType()).isEqualTo("order-exists");
    }

    @Test
    void aPivotThatAnotherRunDidHasNotHappenedInThisOne() {
        assertThat(room.steps().fence(undoCall("run-2", "order-exists"))).isEqualTo(Undone.FENCED);
        assertThat(room.fenceState()).isEqualTo("DONE");
        assertThat(room.steps().fence(undoCall("run-1", "cancelled"))).isEqualTo(Undone.TOO_LATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-exists", "cancelled"})
    void whatAnotherRunDidIsNotUndone(String reason) {
        assertThat(giveBackAs("run-2", reason)).isEqualTo(Undone.FENCED);

        assertThat(room.leftOver()).isEqualTo(7);
        assertThat(room.fenceState()).isEqualTo("DONE");
    }

    @Test
    void aTerminatedRunIsUndoneAlsoWhereARestoredLedgerKnowsItAsAnother() {
        assertThat(giveBackAs("run-2", Outcomes.TERMINATED)).isEqualTo(Undone.COMPENSATED);

        assertThat(room.leftOver()).isEqualTo(10);
    }

    @Test
    void anInheritedStepIsUndoneByTheRunThatInheritedIt() {
        FencedSteps ofNextGeneration =
                room.stepsOf(room.key.workflowId().generation(2).value());

        Undone undone = ofNextGeneration.undo(
                undoCall("run-2", "cancelled"),
                Taken.class,
                (transaction, taken) -> transaction.run(new Pipeline().add(StockRoom.GIVE_BACK, taken.pieces())));

        assertThat(undone).isEqualTo(Undone.COMPENSATED);
        assertThat(room.leftOver()).isEqualTo(10);
    }

    private Taken takeAs(String runId, int pieces) {
        StepCall call = new StepCall(room.key, runId, StockRoom.DAY, 1, false);
        return room.steps().forward(call, new Taken(pieces), Taken.class, transaction -> {
            transaction.run(new Pipeline().add(StockRoom.TAKE, pieces));
            return new Taken(pieces);
        });
    }

    private Undone giveBackAs(String runId, String reason) {
        return room.steps()
                .undo(
                        undoCall(runId, reason),
                        Taken.class,
                        (transaction, taken) ->
                                transaction.run(new Pipeline().add(StockRoom.GIVE_BACK, taken.pieces())));
    }

    private UndoCall undoCall(String runId, String reason) {
        StepKey key = room.key;
        return new UndoCall(key, runId, StockRoom.DAY, 1, Forward.FAILED, reason);
    }
}
