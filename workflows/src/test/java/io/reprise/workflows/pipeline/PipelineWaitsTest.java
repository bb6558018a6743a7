package io.reprise.workflows.pipeline;

import static io.reprise.workflows.pipeline.Plans.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.StepOutcome;
import io.reprise.workflows.saga.Refusal;
import io.reprise.workflows.saga.testing.Incidents;
import io.reprise.workflows.saga.testing.Moment;
import io.reprise.workflows.saga.testing.Stage;
import io.temporal.api.enums.v1.EventType;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Steps that wait for the world: for something to be there, for a person, for another pipeline. */
class PipelineWaitsTest {

    private static final PipelineInput RELEASE = Plans.undoing()
            .sql("capture")
            .approval("release", "capture")
            .step(sql("apply", StepTurn.after("release").reading("release.by", "release.reason"), StepEnd.UNDONE))
            .input();

    private static final PipelineInput PARENT = Plans.undoing()
            .sql("capture")
            .child("report", "capture")
            .step(sql("tell", StepTurn.after("report").reading("report.rows"), StepEnd.UNDONE))
            .input();

    private static final PipelineInput LOAD = Plans.undoing()
            .topic("closed")
            .step(sql("load", StepTurn.after("closed").reading("closed.rows"), StepEnd.UNDONE))
            .input();

    private static Stage stage(PipelineInput input) {
        return Stage.of(PipelineSaga.of(input.plan()), StepMode.REGULAR, PipelineRun.class);
    }

    @Test
    void aWaitIsOneActivityHoweverLongItTakesAndIsShown() throws Exception {
        PipelineInput input = Plans.undoing()
                .wait("events-there")
                .sql("capture", "events-there")
                .input();
        try (Stage stage = stage(input)) {
            stage.incidents().at("events-there", Moment.BEFORE, 20, () -> {
                throw NotYet.because("no rows yet");
            });

            stage.start(input);

            assertThat(stage.failure()).isEmpty();
            assertThat(stage.world().effects()).containsExactly("events-there", "capture");
            assertThat(Histories.shown(stage.recorded()))
                    .containsExactly(Forward.WAITING, Forward.RUNNING, Forward.SUCCEEDED);
            assertThat(Histories.summaries(stage.recorded()))
                    .containsExactly("events-there on test", "ledger", "capture on test", "ledger", "ledger");
        }
    }

    @Test
    void aWaitInVainFailsTheRun() throws Exception {
        PipelineInput input =
                Plans.undoing().sql("prepare").wait("events-there", "prepare").input();
        try (Stage stage = stage(input)) {
            stage.incidents().at("events-there", Moment.BEFORE, Incidents.ALWAYS, () -> {
                throw NotYet.because("no rows yet");
            });

            stage.start(input);

            assertFailed(stage, "wait-timeout", "'events-there' was not done within PT1H: no rows yet");
            assertThat(stage.world().effects()).containsExactly("prepare", "undo prepare");
        }
    }

    @Test
    void whatWaitsIsLeftAtOnceWhereTheRunIsCancelled() throws Exception {
        PipelineInput input =
                Plans.undoing().sql("prepare").wait("events-there", "prepare").input();
        try (Stage stage = stage(input)) {
            stage.incidents().at("events-there", Moment.BEFORE, Incidents.ALWAYS, () -> {
                stage.cancelInTemporal();
                throw NotYet.because("no rows yet");
            });

            stage.start(input);

            assertThat(stage.failure()).isPresent();
            assertThat(stage.outcome().forward()).isEqualTo(Forward.CANCELLED);
            assertThat(stage.world().effects()).containsExactly("prepare", "undo prepare");
        }
    }

    @Test
    void anApprovalLetsTheRunGoOnAndTellsWhoGaveIt() throws Exception {
        try (Stage stage = stage(RELEASE)) {
            stage.start(RELEASE);
            stage.world().await(outcome -> outcome.forward() == Forward.WAITING);

            RunOutcome answer = stage.operator().approve("release", "ada", "looks right");

            assertThat(answer.forward()).isEqualTo(Forward.RUNNING);
            assertThat(stage.failure()).isEmpty();
            assertThat(stage.world().inputOf("apply"))
                    .containsEntry("outputs", Map.of("release.by", "ada", "release.reason", "looks right"));
        }
    }

    @Test
    void aRejectionUndoesTheRun() throws Exception {
        try (Stage stage = stage(RELEASE)) {
            stage.start(RELEASE);
            stage.world().await(outcome -> outcome.forward() == Forward.WAITING);

            stage.operator().reject("release", "ada", "too many rows");

            assertFailed(stage, "rejected", "'release' was rejected by ada: too many rows");
            assertThat(stage.world().effects()).containsExactly("capture", "undo capture");
        }
    }

    @Test
    void anApprovalThatNobodyGivesFailsTheRun() throws Exception {
        try (Stage stage = stage(RELEASE)) {
            stage.start(RELEASE);

            assertFailed(stage, "wait-timeout", "'release' was neither approved nor rejected within PT1H");
            assertThat(stage.world().effects()).containsExactly("capture", "undo capture");
        }
    }

    @Test
    void onlyWhatWaitsForAPersonIsApprovedAndOnlyBySomebody() throws Exception {
        try (Stage stage = stage(RELEASE)) {
            stage.start(RELEASE);
            stage.world().await(outcome -> outcome.forward() == Forward.WAITING);

            assertRejected("unknown-step", () -> stage.operator().approve("no-such-step", "ada", ""));
            assertRejected("not-waiting", () -> stage.operator().approve("apply", "ada", ""));
            assertRejected("reason-missing", () -> stage.operator().approve("release", " ", ""));
            assertRejected("reason-missing", () -> stage.operator().reject("release", "ada", " "));
        }
    }

    @Test
    void aCancelEndsAnApprovalThatIsWaitedFor() throws Exception {
        try (Stage stage = stage(RELEASE)) {
            stage.start(RELEASE);
            stage.world().await(outcome -> outcome.forward() == Forward.WAITING);

            stage.operator().cancel("changed my mind");

            assertThat(stage.failure()).isPresent();
            assertThat(stage.outcome().forward()).isEqualTo(Forward.CANCELLED);
            assertThat(stage.outcome().steps())
                    .contains(new StepOutcome("release", Forward.CANCELLED, Compensation.NONE, null));
        }
    }

    @Test
    void aChildIsStartedOnceAndWaitedFor() throws Exception {
        try (Stage stage = stage(PARENT)) {
            stage.world().answering("report", Map.of("rows", 3));
            stage.incidents().at("report", Moment.BEFORE, 5, () -> {
                throw NotYet.because("the report is RUNNING");
            });

            stage.start(PARENT);

            assertThat(stage.failure()).isEmpty();
            assertThat(stage.world().effects()).containsExactly("capture", "start report", "report", "tell");
            assertThat(stage.world().inputOf("tell")).containsEntry("outputs", Map.of("report.rows", 3));
        }
    }

    @Test
    void aCancelOfTheParentCancelsTheChildAndWaitsForItsEnd() throws Exception {
        try (Stage stage = stage(PARENT)) {
            stage.incidents().at("report", Moment.BEFORE, 5, () -> {
                stage.cancelInTemporal();
                throw NotYet.because("the report is RUNNING");
            });

            stage.start(PARENT);

            assertThat(stage.failure()).isPresent();
            assertThat(stage.outcome().forward()).isEqualTo(Forward.CANCELLED);
            assertThat(stage.world().effects())
                    .containsExactly("capture", "start report", "cancel report", "undo capture");
        }
    }

    @Test
    void aChildThatIsTooLateIsCancelledAndWaitedFor() throws Exception {
        try (Stage stage = stage(PARENT)) {
            stage.incidents().at("report", Moment.BEFORE, Incidents.ALWAYS, () -> {
                if (!stage.world().effects().contains("cancel report")) {
                    throw NotYet.because("the report is RUNNING");
                }
            });

            stage.start(PARENT);

            assertFailed(stage, "wait-timeout", "'report' was not done within PT1H: the report is RUNNING");
            assertThat(stage.world().effects())
                    .containsExactly("capture", "start report", "cancel report", "undo capture");
        }
    }

    @Test
    void aChildThatFailsFailsItsParent() throws Exception {
        try (Stage stage = stage(PARENT)) {
            stage.incidents().at("report", Moment.BEFORE, 1, () -> {
                throw Refusal.because("child-failed", "the report FAILED: out of disk");
            });

            stage.start(PARENT);

            assertFailed(stage, "child-failed", "the report FAILED: out of disk");
            assertThat(stage.world().effects()).containsExactly("capture", "start report", "undo capture");
            assertThat(Histories.events(stage.recorded(), EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED))
                    .hasSizeLessThan(10);
        }
    }

    @Test
    void aRecordThatIsThereAlreadyIsNotWaitedFor() throws Exception {
        try (Stage stage = stage(LOAD)) {
            stage.world().answering("closed", Map.of("rows", 3));

            stage.start(LOAD);

            assertThat(stage.failure()).isEmpty();
            assertThat(stage.world().effects()).containsExactly("look for closed", "load");
            assertThat(stage.world().inputOf("load")).containsEntry("outputs", Map.of("closed.rows", 3));
        }
    }

    @Test
    void aWakeHasTheStepLookOnceMore() throws Exception {
        try (Stage stage = stage(LOAD)) {
            stage.start(LOAD);
            stage.world().await(outcome -> outcome.forward() == Forward.WAITING);

            stage.operator().wake("no-such-step");
            stage.operator().wake("closed");
            stage.world().answering("closed", Map.of("rows", 3));
            stage.operator().wake("closed");
            stage.operator().wake("closed");

            assertThat(stage.failure()).isEmpty();
            assertThat(stage.world().effects()).contains("look for closed").endsWith("load");
            assertThat(Histories.shown(stage.recorded()))
                    .containsExactly(Forward.WAITING, Forward.RUNNING, Forward.SUCCEEDED);
        }
    }

    @Test
    void aWakeThatComesDuringALookIsNotLost() throws Exception {
        try (Stage stage = stage(LOAD)) {
            stage.incidents().at("closed", Moment.AFTER, 1, () -> {
                stage.operator().wake("closed");
                stage.world().answering("closed", Map.of("rows", 3));
            });

            stage.start(LOAD);

            assertThat(stage.failure()).isEmpty();
            assertThat(stage.world().effects()).containsExactly("look for closed", "look for closed", "load");
        }
    }

    @Test
    void aRecordThatComesWithTheDeadlineCounts() throws Exception {
        try (Stage stage = stage(LOAD)) {
            stage.incidents()
                    .at("closed", Moment.UNDO_BEFORE, 1, () -> stage.world().answering("closed", Map.of("rows", 4)));

            stage.start(LOAD);

            assertThat(stage.failure()).isEmpty();
            assertThat(stage.world().effects()).containsExactly("look for closed", "forget closed", "load");
            assertThat(stage.world().inputOf("load")).containsEntry("outputs", Map.of("closed.rows", 4));
        }
    }

    @Test
    void aRecordThatNeverComesFailsTheRunAndIsNotWatchedForAnyMore() throws Exception {
        try (Stage stage = stage(LOAD)) {
            stage.start(LOAD);

            assertFailed(stage, "wait-timeout", "'closed' has not happened within PT1H");
            assertThat(stage.world().effects()).containsExactly("look for closed", "forget closed");
        }
    }

    @Test
    void aCancelEndsTheWatchingForARecord() throws Exception {
        try (Stage stage = stage(LOAD)) {
            stage.start(LOAD);
            stage.world().await(outcome -> outcome.forward() == Forward.WAITING);

            stage.operator().cancel("changed my mind");

            assertThat(stage.failure()).isPresent();
            assertThat(stage.outcome().forward()).isEqualTo(Forward.CANCELLED);
            assertThat(stage.outcome().steps())
                    .contains(new StepOutcome("closed", Forward.CANCELLED, Compensation.NONE, null));
            assertThat(stage.world().effects()).containsExactly("look for closed", "forget closed");
        }
    }

    private static void assertFailed(Stage stage, String reason, String message) throws Exception {
        assertThat(stage.failure().orElseThrow()).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).isEqualTo(reason);
            assertThat(failure.getOriginalMessage()).isEqualTo(message);
        });
    }

    private static void assertRejected(String type, ThrowingCallable request) {
        assertThatThrownBy(request)
                .rootCause()
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo(type));
    }
}
