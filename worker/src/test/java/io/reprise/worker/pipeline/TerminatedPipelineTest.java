package io.reprise.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.reprise.activities.saga.FenceFailures;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunRef;
import io.reprise.worker.run.Registration;
import io.reprise.worker.run.Sweeper;
import io.reprise.worker.run.TaskQueues;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.pipeline.PipelineStep;
import io.reprise.workflows.pipeline.StepResult;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.saga.StepCall;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of pipelines that somebody terminated in Temporal. */
@Tag("slow")
class TerminatedPipelineTest {

    @TempDir
    private static Path folder = Path.of("");

    private static PipelineStage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new PipelineStage(folder);
        stage.inWarehouse("create table sales (sku text)");
        stage.inWarehouse("create table notes (note text)");
        stage.apply(Map.of("approved", """
                pipeline: approved
                slot: none
                defaults: {connection: warehouse}
                steps:
                  - {id: fill, sql: "insert into sales values (:run_id)", undo: "delete from sales where sku = :run_id"}
                  - {id: allow, wait: {approval: "may it go on?", within: 1h}}
                  - {id: note, sql: "insert into notes values ('late')"}
                finally:
                  - {id: last, sql: "insert into notes values (:run_id)"}
                """, "waiting", """
                pipeline: waiting
                slot: none
                defaults: {connection: warehouse}
                steps:
                  - {id: allow, wait: {approval: "may it begin?", within: 1h}}
                  - {id: fill, sql: "insert into sales values (:run_id)", undo: "delete from sales where sku = :run_id"}
                """, "commanding", """
                pipeline: commanding
                slot: none
                defaults: {connection: warehouse}
                steps:
                  - {id: call, command: ["true"], undo: ["true"], guarantee: idempotent}
                  - {id: allow, wait: {approval: "may it go on?", within: 1h}}
                """));
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @AfterEach
    void bringBack() {
        stage.warehouse().startAgain();
    }

    @Test
    void whatItDidIsUndoneOnRequestAndWhatHadNotHappenedNeverWill() throws Exception {
        RunRef run = stoppedAtItsApproval("approved", "1");
        try (Sweeper _ = stage.sweeping()) {
            awaitTerminated(run);
        }

        assertThat(stage.shown(run).stuckSteps()).containsExactly("fill");
        assertThat(fence(run, "note")).containsExactly("FENCED");
        assertThatThrownBy(() -> attempt(run, "note", 3)).satisfies(TerminatedPipelineTest::isFenced);
        assertThat(stage.askWarehouse("select note from notes where note = 'late'"))
                .isEmpty();

        undo(run);

        Run undone = stage.awaitEnded(run);
        assertThat(undone.forward()).isEqualTo(Forward.CANCELLED);
        assertThat(undone.compensation()).isEqualTo(Compensation.DONE);
        assertThat(fence(run, "fill")).containsExactly("COMPENSATED");
        assertThat(stage.askWarehouse("select sku from sales where sku = '" + run.runId() + "'"))
                .isEmpty();
        assertThat(stage.askWarehouse("select note from notes where note = '" + run.runId() + "'"))
                .hasSize(1);
    }

    @Test
    void anUndoThatComesBeforeAnybodyLookedClosesWhatHasNoUndoToo() throws Exception {
        RunRef run = stoppedAtItsApproval("approved", "2");

        undo(run);
        stage.awaitEnded(run);

        assertThat(fence(run, "fill")).containsExactly("COMPENSATED");
        assertThat(fence(run, "note")).containsExactly("FENCED");
        assertThatThrownBy(() -> attempt(run, "note", 3)).satisfies(TerminatedPipelineTest::isFenced);
    }

    @Test
    void aRunThatHadDoneNothingFailsAndCanNeverBegin() throws Exception {
        RunRef run = stoppedAtItsApproval("waiting", "1");
        try (Sweeper _ = stage.sweeping()) {
            stage.awaitEnded(run);
        }

        assertThat(stage.shown(run).forward()).isEqualTo(Forward.FAILED);
        assertThat(stage.shown(run).compensation()).isEqualTo(Compensation.NONE);
        assertThat(stage.shown(run).reason()).contains("terminated");
        assertThatThrownBy(() -> attempt(run, "fill", 2)).satisfies(TerminatedPipelineTest::isFenced);
    }

    @Test
    void aCommandThatHadBegunIsNamedThoughNoFenceKnowsIt() throws Exception {
        RunRef run = stoppedAtItsApproval("commanding", "1");
        try (Sweeper _ = stage.sweeping()) {
            awaitTerminated(run);
        }
        assertThat(stage.shown(run).stuckSteps()).containsExactly("call");

        undo(run);

        assertThat(stage.awaitEnded(run).compensation()).isEqualTo(Compensation.DONE);
    }

    @Test
    void nothingIsConcludedWhileItsDatabaseIsAway() throws Exception {
        RunRef run = stoppedAtItsApproval("approved", "3");
        RunRef other = stoppedAtItsApproval("commanding", "3");
        stage.warehouse().stop();
        try (Sweeper _ = stage.sweeping()) {
            awaitTerminated(other);
            assertThat(stage.shown(run).forward()).isNotEqualTo(Forward.STUCK);

            stage.warehouse().startAgain();

            awaitTerminated(run);
        }
        assertThat(stage.shown(run).stuckSteps()).containsExactly("fill");
    }

    private static RunRef stoppedAtItsApproval(String pipeline, String key) {
        RunRef run = stage.run(pipeline, key);
        await().atMost(PipelineStage.PATIENCE)
                .until(() -> stage.shown(run).forward() == Forward.WAITING
                        && stage.shown(run).temporalRunId().isPresent());
        stage.temporal().newUntypedWorkflowStub(run.workflowId().value()).terminate("to test");
        return run;
    }

    private static void awaitTerminated(RunRef run) {
        await().atMost(PipelineStage.PATIENCE)
                .until(() -> stage.shown(run).forward() == Forward.STUCK
                        && stage.shown(run)
                                .reason()
                                .filter("terminated"::equals)
                                .isPresent());
    }

    /** As {@code reprise run undo} does. */
    private static void undo(RunRef run) {
        Run stopped = stage.shown(run);
        String again = stage.ledger()
                .runs()
                .startable(run)
                .orElseThrow()
                .undo(stopped.revision())
                .start(stage.temporal());
        stage.ledger().outcomes().reopened(run, stopped.temporalRunId().orElseThrow(), again);
    }

    private static List<String> fence(RunRef run, String step) throws Exception {
        return stage.askWarehouse("select state from reprise_kit.fence where step_key = '"
                + run.workflowId().step(step) + "'");
    }

    /** An attempt that a worker took before the run was terminated, and that comes to the database only now. */
    private static void attempt(RunRef run, String step, int position) {
        PipelineInput input =
                PipelineInput.read(stage.ledger().runs().input(run).orElseThrow());
        StepCall call = new StepCall(run.workflowId().step(step), run.runId(), run.startedOn(), position, false);
        PipelineStep task = new PipelineStep(input.definition(), step, null, Map.of(), Map.of());
        Registration late = new Registration("late", List.of(LateAttemptRun.class), List.of());
        try (TaskQueues _ = TaskQueues.serve(stage.temporal(), List.of(late), 1)) {
            WorkflowClient.newInstance(stage.temporal().getWorkflowServiceStubs())
                    .newWorkflowStub(
                            LateAttempt.class,
                            WorkflowOptions.newBuilder().setTaskQueue("late").build())
                    .attempt(call, task);
        }
    }

    private static void isFenced(Throwable failure) {
        assertThat(failure).isInstanceOf(WorkflowFailedException.class);
        assertThat(failure)
                .rootCause()
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        refused -> assertThat(refused.getType()).isEqualTo(FenceFailures.STEP_FENCED));
    }

    /** Makes one attempt of a step outside of its run. */
    @WorkflowInterface
    public interface LateAttempt {
        @WorkflowMethod(name = "Test.lateAttempt")
        void attempt(StepCall call, PipelineStep step);
    }

    public static final class LateAttemptRun implements LateAttempt {
        @Override
        public void attempt(StepCall call, PipelineStep step) {
            Workflow.newUntypedActivityStub(ActivityOptions.newBuilder()
                            .setTaskQueue("sql.warehouse")
                            .setStartToCloseTimeout(Duration.ofSeconds(20))
                            .setRetryOptions(RetryOptions.newBuilder()
                                    .setMaximumAttempts(1)
                                    .build())
                            .build())
                    .execute("Sql.run", StepResult.class, call, step);
        }
    }
}
