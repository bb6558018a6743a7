package io.reprise.activities.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reprise.activities.saga.StockRoom.Taken;
import io.reprise.activities.shared.TestDatabase;
import io.reprise.activities.shared.TestTemporal;
import io.reprise.activities.sql.Pipeline;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.RunRecords;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.SagaRun;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any saga, run twice under one id: the ledger had forgotten the first run when it accepted the second. */
@Tag("slow")
@Timeout(60)
class ForgottenSagaTest {

    private static final String QUEUE = "errand";

    @ActivityInterface
    public interface ErrandSteps {

        @ActivityMethod(name = "Errand.take")
        void take(StepCall call, Integer pieces);

        @ActivityMethod(name = "Errand.hand")
        void hand(StepCall call, Integer pieces);

        @ActivityMethod(name = "Errand.giveBack")
        Undone giveBack(UndoCall call);
    }

    @WorkflowInterface
    public interface Errand {

        @WorkflowMethod(name = "errand")
        void run(RunContext context, Integer pieces);
    }

    public static final class ErrandSaga implements Errand {

        private static final Saga<Integer> ERRAND = Saga.of("errand", Integer.class, ErrandSteps.class)
                .step("take", ErrandSteps::take)
                .undo(ErrandSteps::giveBack)
                .pivot("hand", ErrandSteps::hand)
                .build();

        private final SagaRun run;

        @WorkflowInit
        public ErrandSaga(RunContext context, Integer pieces) {
            this.run = ERRAND.accept(context, pieces);
        }

        @Override
        public void run(RunContext context, Integer pieces) {
            run.finish();
        }
    }

    private record Errands(FencedSteps steps) implements ErrandSteps {

        @Override
        public void take(StepCall call, Integer pieces) {
            steps.forward(call, pieces, Taken.class, transaction -> {
                transaction.run(new Pipeline().add(StockRoom.TAKE, pieces));
                return new Taken(pieces);
            });
        }

        @Override
        public void hand(StepCall call, Integer pieces) {
            steps.forward(call, pieces, Taken.class, transaction -> new Taken(pieces));
        }

        @Override
        public Undone giveBack(UndoCall call) {
            return steps.undo(
                    call,
                    Taken.class,
                    (transaction, taken) -> transaction.run(new Pipeline().add(StockRoom.GIVE_BACK, taken.pieces())));
        }
    }

    /** What the ledger would have been told. */
    private static final class NoRecords implements RunRecords {

        @Override
        public void settle(RunOutcome outcome) {}
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void theSecondRunIsRefusedAndLeavesWhatTheFirstOneDid(int pieces) {
        try (StockRoom room = new StockRoom(TestDatabase.POSTGRESQL, TestDatabase.POSTGRESQL.newDatabase())) {
            run(room, "run-1", 3);

            WorkflowFailedException failed =
                    catchThrowableOfType(WorkflowFailedException.class, () -> run(room, "run-2", pieces));

            ApplicationFailure refusal = causeOf(failed);
            assertThat(refusal.getType()).isEqualTo("errand-exists");
            RunOutcome outcome = refusal.getDetails().get(RunOutcome.class);
            assertThat(outcome.forward()).isEqualTo(Forward.FAILED);
            assertThat(outcome.compensation()).isEqualTo(Compensation.NONE);
            assertThat(room.leftOver()).isEqualTo(7);
        }
    }

    @Test
    void theSecondRunIsCancelledAndLeavesWhatTheFirstOneDid() {
        try (StockRoom room = new StockRoom(TestDatabase.POSTGRESQL, TestDatabase.POSTGRESQL.newDatabase())) {
            run(room, "run-1", 3);

            WorkflowFailedException failed = catchThrowableOfType(
                    WorkflowFailedException.class,
                    () -> run(room, context("run-2").cancelled("no longer"), 3));

            assertThat(causeOf(failed).getType()).isEqualTo("cancelled");
            assertThat(room.leftOver()).isEqualTo(7);
        }
    }

    private static ApplicationFailure causeOf(WorkflowFailedException failed) {
        return (ApplicationFailure) Objects.requireNonNull(failed.getCause());
    }

    private static void run(StockRoom room, String runId, int pieces) {
        run(room, context(runId), pieces);
    }

    /** Each time in a Temporal that knows of no run. */
    private static void run(StockRoom room, RunContext context, int pieces) {
        try (TestWorkflowEnvironment temporal = TestTemporal.newEnvironment()) {
            FencedSteps steps = FencedSteps.onPostgres(room.pool, TestSteps.noLedger(), "worker-1", Clock.systemUTC());
            Worker worker = temporal.newWorker(QUEUE);
            worker.registerWorkflowImplementationTypes(ErrandSaga.class);
            worker.registerActivitiesImplementations(new Errands(steps), new PivotFence(steps), new NoRecords());
            temporal.start();
            temporal.getWorkflowClient()
                    .newWorkflowStub(
                            Errand.class,
                            WorkflowOptions.newBuilder()
                                    .setTaskQueue(QUEUE)
                                    .setWorkflowId(context.workflowId().value())
                                    .build())
                    .run(context, pieces);
        }
    }

    private static RunContext context(String runId) {
        return new RunContext(
                runId, StockRoom.DAY, new WorkflowId("errand/e-1"), StepMode.REGULAR, Duration.ofMinutes(1), false, 0);
    }
}
