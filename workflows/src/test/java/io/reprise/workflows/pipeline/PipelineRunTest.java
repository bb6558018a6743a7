package io.reprise.workflows.pipeline;

import static io.reprise.workflows.pipeline.Plans.once;
import static io.reprise.workflows.pipeline.Plans.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.StepOutcome;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Deadline;
import io.reprise.workflows.saga.Refusal;
import io.reprise.workflows.saga.StepGroup;
import io.reprise.workflows.saga.testing.Incidents;
import io.reprise.workflows.saga.testing.Moment;
import io.reprise.workflows.saga.testing.Stage;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What flows through a run of a pipeline, and which of its steps are done. */
class PipelineRunTest {

    private static Stage stage(PipelineInput input, StepMode mode) {
        return Stage.of(PipelineSaga.of(input.plan()), mode, PipelineRun.class);
    }

    private static StepOutcome step(RunOutcome outcome, String id) {
        return outcome.steps().stream()
                .filter(step -> step.stepId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void outputsReachTheStepsThatReadThem() throws Exception {
        PipelineInput input = Plans.undoing()
                .sql("capture")
                .step(sql("apply", StepTurn.after("capture").reading("capture.rows"), StepEnd.UNDONE))
                .input();
        for (StepMode mode : StepMode.values()) {
            try (Stage stage = stage(input, mode)) {
                stage.world().answering("capture", Map.of("rows", 5, "secret", "x"));

                stage.start(input);

                assertThat(stage.failure()).isEmpty();
                assertThat(stage.world().inputOf("apply"))
                        .containsEntry("outputs", Map.of("capture.rows", 5))
                        .containsEntry("parameters", Map.of("region", "EU"))
                        .containsEntry("definition", Samples.DEFINITION);
            }
        }
    }

    @Test
    void aStepWhoseConditionDoesNotHoldIsSkippedAndTheOthersGoOn() throws Exception {
        PipelineInput input = Plans.undoing()
                .sql("capture")
                .step(sql(
                        "apply",
                        StepTurn.after("capture").when(new Condition("capture.rows", Relation.GREATER, 0)),
                        StepEnd.UNDONE))
                .sql("log", "apply")
                .input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.world().answering("capture", Map.of("rows", 0));

            stage.start(input);

            assertThat(stage.failure()).isEmpty();
            assertThat(stage.world().effects()).containsExactly("capture", "log");
            RunOutcome ledger = stage.world().await(outcome -> outcome.forward() == Forward.SUCCEEDED);
            assertThat(step(ledger, "apply"))
                    .isEqualTo(new StepOutcome(
                            "apply",
                            Forward.SKIPPED,
                            Compensation.NONE,
                            "capture.rows is 0 (expected: capture.rows is greater than 0)"));
        }
    }

    @Test
    void aSkippedStepIsNotUndone() throws Exception {
        PipelineInput input = Plans.undoing()
                .sql("capture")
                .step(sql(
                        "apply",
                        StepTurn.after("capture").when(new Condition("region", Relation.NOT, "EU")),
                        StepEnd.UNDONE))
                .step(sql("verify", StepTurn.after("apply"), StepEnd.PLAIN))
                .input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.incidents().at("verify", Moment.BEFORE, 1, () -> refuse("check-failed"));

            stage.start(input);

            assertThat(stage.failure()).isPresent();
            assertThat(stage.world().effects()).containsExactly("capture", "undo capture");
            assertThat(step(stage.outcome(), "apply").forward()).isEqualTo(Forward.SKIPPED);
            assertThat(scheduled(stage)).doesNotContain("undo of apply");
        }
    }

    @Test
    void aConditionThatCannotBeToldFailsTheRun() throws Exception {
        PipelineInput input = Plans.undoing()
                .sql("capture")
                .step(sql(
                        "apply",
                        StepTurn.after("capture").when(new Condition("region", Relation.GREATER, 7)),
                        StepEnd.UNDONE))
                .input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.start(input);

            assertFailed(stage, "condition-unclear");
            assertThat(stage.world().effects()).containsExactly("capture", "undo capture");
        }
    }

    @Test
    void aFailureThatMayBeLeavesTheRunGoingOn() throws Exception {
        PipelineInput input = Plans.undoing()
                .sql("capture")
                .step(once("log", StepTurn.after("capture"), StepEnd.PLAIN.continuing()))
                .step(sql("apply", StepTurn.after("log").reading("log.rows"), StepEnd.UNDONE))
                .input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.incidents().at("log", Moment.BEFORE, 1, () -> {
                throw ApplicationFailure.newFailure("no space left", "LogFull");
            });

            stage.start(input);

            assertThat(stage.failure()).isEmpty();
            RunOutcome ledger = stage.world().await(outcome -> outcome.forward() == Forward.SUCCEEDED);
            assertThat(step(ledger, "log"))
                    .isEqualTo(new StepOutcome("log", Forward.FAILED, Compensation.NONE, "no space left"));
            assertThat(stage.world().effects()).containsExactly("capture", "apply");
        }
    }

    @Test
    void ofAGroupOnlySoManyAreUnderWayAtOnce() throws Exception {
        Plans plans = Plans.undoing();
        IntStream.rangeClosed(1, 6)
                .forEach(n -> plans.step(
                        sql("load[" + n + "]", StepTurn.after().in(new StepGroup("load", 2)), StepEnd.UNDONE)));
        PipelineInput input = plans.input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.start(input);

            assertThat(stage.failure()).isEmpty();
            assertThat(stage.world().effects()).hasSize(6);
            assertThat(Histories.mostOpenActivities(stage.recorded())).isEqualTo(2);
        }
    }

    @Test
    void onlyTheStepsThatWereAskedForAreDone() throws Exception {
        PipelineInput input = Plans.undoing()
                .sql("capture")
                .sql("verify", "capture")
                .sql("apply", "verify")
                .last("clean")
                .input()
                .only(List.of("apply"));
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.start(input);

            assertThat(stage.failure()).isEmpty();
            assertThat(stage.world().effects()).containsExactly("apply", "clean");
            assertThat(step(stage.outcome(), "verify").error())
                    .isEqualTo("not among the steps that were asked for: apply");
        }
    }

    @Test
    void aStepMissesItsDeadlineForItsOwnReason() throws Exception {
        PipelineInput input = Plans.undoing()
                .sql("capture")
                .step(Plans.within("apply", new Deadline(Duration.ofMinutes(15), "too-slow"), "capture"))
                .input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.incidents().at("apply", Moment.BEFORE, Incidents.ALWAYS, () -> {
                throw ApplicationFailure.newFailure("locked", "Locked");
            });

            stage.start(input);

            assertFailed(stage, "too-slow");
            assertThat(stage.world().effects()).containsExactly("capture", "undo capture");
        }
    }

    @Test
    void whatAnEarlierGenerationDidIsNotDoneAgainButUndoneUnderItsOwnKey() throws Exception {
        WorkflowId first = new WorkflowId("pipeline/test/2026-10-25");
        PipelineInput input = Plans.undoing()
                .sql("capture")
                .step(sql("apply", StepTurn.after("capture").reading("capture.rows"), StepEnd.UNDONE))
                .step(sql("verify", StepTurn.after("apply"), StepEnd.PLAIN))
                .input()
                .inheriting(List.of(new Inherited("capture", first.step("capture"), Map.of("rows", 5))));
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.world().did(first.step("capture"));
            stage.incidents().at("verify", Moment.BEFORE, 1, () -> refuse("check-failed"));

            stage.start(input);

            assertFailed(stage, "check-failed");
            assertThat(stage.world().inputOf("apply")).containsEntry("outputs", Map.of("capture.rows", 5));
            assertThat(stage.world().effects()).containsExactly("apply", "undo apply", "undo capture");
            assertThat(step(stage.outcome(), "capture").compensation()).isEqualTo(Compensation.DONE);
        }
    }

    /** The pivot's answer is lost with its attempt; the fence remembers it. */
    @Test
    void theStepAfterAPivotThatWasNotSeenToHappenIsGivenItsOutputs() throws Exception {
        PipelineInput input = Plans.undoing()
                .sql("capture")
                .step(sql("apply", StepTurn.after("capture"), StepEnd.PIVOT))
                .step(sql("tell", StepTurn.after("apply").reading("apply.version", "capture.rows"), StepEnd.PLAIN))
                .input();
        for (StepMode mode : StepMode.values()) {
            try (Stage stage = stage(input, mode)) {
                stage.world().answering("capture", Map.of("rows", 5));
                stage.world().answering("apply", Map.of("version", 7));
                stage.incidents().at("apply", Moment.AFTER, 1, () -> {
                    stage.cancelInTemporal();
                    stage.incidents().hang();
                });

                stage.start(input, stage.context(RunContext.STUCK_AFTER, false));

                // Temporal calls a workflow CANCELED whose cancel was asked for, however it ended.
                assertThat(stage.failure()).containsInstanceOf(CanceledFailure.class);
                assertThat(stage.world().ledger().orElseThrow().forward()).isEqualTo(Forward.SUCCEEDED);
                assertThat(stage.world().inputOf("tell"))
                        .containsEntry("outputs", Map.of("apply.version", 7, "capture.rows", 5));
                assertThat(stage.world().effects()).containsExactly("capture", "apply", "tell");
            }
        }
    }

    private static List<String> scheduled(Stage stage) {
        return Histories.summaries(stage.recorded());
    }

    private static void refuse(String reason) {
        throw Refusal.because(reason, "refused by a test");
    }

    private static void assertFailed(Stage stage, String reason) throws Exception {
        assertThat(stage.failure().orElseThrow())
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo(reason));
    }
}
