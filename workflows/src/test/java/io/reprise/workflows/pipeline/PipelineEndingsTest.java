package io.reprise.workflows.pipeline;

import static io.reprise.workflows.pipeline.Plans.once;
import static io.reprise.workflows.pipeline.Plans.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.workflows.pipeline.HookPoint.Occasion;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.StepOutcome;
import io.reprise.workflows.saga.Refusal;
import io.reprise.workflows.saga.testing.Incidents;
import io.reprise.workflows.saga.testing.Moment;
import io.reprise.workflows.saga.testing.Stage;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;

/** How runs end: undone or held, with what is done in the end, and who is told. */
class PipelineEndingsTest {

    private static Stage stage(PipelineInput input, StepMode mode) {
        return Stage.of(PipelineSaga.of(input.plan()), mode, PipelineRun.class);
    }

    private static Plans twoSteps(Plans plans) {
        return plans.sql("capture").step(once("apply", StepTurn.after("capture"), StepEnd.UNDONE));
    }

    @Test
    void aHeldRunKeepsWhatWasDoneAndSaysSo() throws Exception {
        PipelineInput input = twoSteps(Plans.holding()).input();
        for (StepMode mode : StepMode.values()) {
            try (Stage stage = stage(input, mode)) {
                stage.incidents().at("apply", Moment.BEFORE, 1, () -> refuse("check-failed"));

                stage.start(input);

                assertThat(stage.failure().orElseThrow()).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo("check-failed");
                    assertThat(failure.getOriginalMessage()).isEqualTo("refused by a test (kept: capture)");
                });
                RunOutcome ledger = stage.world().await(RunOutcome::isFinal);
                assertThat(ledger.forward()).isEqualTo(Forward.FAILED);
                assertThat(ledger.compensation()).isEqualTo(Compensation.NONE);
                assertThat(stage.world().effects()).containsExactly("capture");
            }
        }
    }

    /** Its next generation does the step again under another key: a late attempt would do it twice. */
    @Test
    void aStepOfAHeldRunThatTimedOutCannotHappenAfterItsEnd() throws Exception {
        PipelineInput input = twoSteps(Plans.holding()).input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.incidents()
                    .at("apply", Moment.BEFORE, 1, () -> stage.incidents().hang());

            stage.start(input);

            assertThat(stage.failure()).isPresent();
            stage.incidents().release();
            stage.world().awaitQuiet();
            assertThat(stage.world().effects()).containsExactly("capture");
        }
    }

    @Test
    void aStepOfAHeldRunThatHappenedBehindItsBackIsKept() throws Exception {
        PipelineInput input = twoSteps(Plans.holding()).input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.incidents().at("apply", Moment.AFTER, 1, () -> refuse("line-broke"));

            stage.start(input);

            assertThat(stage.failure()).isPresent();
            assertThat(stage.outcome().failure()).endsWith("(kept: capture, apply)");
            assertThat(stage.outcome().steps())
                    .contains(new StepOutcome("apply", Forward.SUCCEEDED, Compensation.NONE, null));
        }
    }

    @Test
    void aHeldRunThatIsCancelledKeepsWhatWasDone() throws Exception {
        PipelineInput input = twoSteps(Plans.holding()).input();
        for (StepMode mode : StepMode.values()) {
            try (Stage stage = stage(input, mode)) {
                stage.incidents().at("apply", Moment.BEFORE, Incidents.ALWAYS, () -> {
                    stage.cancelInTemporal();
                    stage.incidents().hang();
                });

                stage.start(input);

                assertThat(stage.failure()).isPresent();
                stage.incidents().release();
                stage.world().awaitQuiet();
                assertThat(stage.outcome().forward()).isEqualTo(Forward.CANCELLED);
                assertThat(stage.outcome().compensation()).isEqualTo(Compensation.NONE);
                assertThat(stage.world().effects()).containsExactly("capture");
            }
        }
    }

    @Test
    void aHeldRunIsUndoneWhenSomebodyAsksForIt() throws Exception {
        PipelineInput input = twoSteps(Plans.holding()).input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.incidents().at("apply", Moment.BEFORE, 1, () -> refuse("check-failed"));
            stage.start(input);
            assertThat(stage.failure()).isPresent();

            stage.start(input, stage.context(RunContext.STUCK_AFTER, true).cancelled("not wanted any more"));

            assertThat(stage.failure()).isPresent();
            assertThat(stage.outcome().compensation()).isEqualTo(Compensation.DONE);
            assertThat(stage.outcome().failure()).isEqualTo("not wanted any more");
            assertThat(stage.world().effects()).containsExactly("capture", "undo capture");
        }
    }

    @Test
    void whatIsDoneInTheEndComesAfterSuccess() throws Exception {
        PipelineInput input = twoSteps(Plans.undoing()).last("clean").input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.start(input);

            assertThat(stage.failure()).isEmpty();
            assertThat(stage.world().effects()).containsExactly("capture", "apply", "clean");
            assertThat(stage.world().await(RunOutcome::isFinal).forward()).isEqualTo(Forward.SUCCEEDED);
        }
    }

    @Test
    void whatIsDoneInTheEndComesAfterTheUndo() throws Exception {
        PipelineInput input = twoSteps(Plans.undoing()).last("clean").input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.incidents().at("apply", Moment.BEFORE, 1, () -> refuse("check-failed"));

            stage.start(input);

            assertThat(stage.failure()).isPresent();
            assertThat(stage.world().effects()).containsExactly("capture", "undo capture", "clean");
        }
    }

    @Test
    void whatFailsInTheEndIsShownAndHidesNothing() throws Exception {
        PipelineInput input = twoSteps(Plans.undoing()).last("clean").input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.incidents().at("clean", Moment.BEFORE, 1, () -> refuse("no-rights"));

            stage.start(input);

            assertThat(stage.failure()).isEmpty();
            RunOutcome ledger = stage.world().await(RunOutcome::isFinal);
            assertThat(ledger.forward()).isEqualTo(Forward.SUCCEEDED);
            assertThat(ledger.steps())
                    .contains(new StepOutcome("clean", Forward.FAILED, Compensation.NONE, "refused by a test"));
        }
    }

    @Test
    void noOutcomeIsFinalBeforeWhatIsDoneInTheEnd() throws Exception {
        PipelineInput input = twoSteps(Plans.undoing()).last("clean").input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.incidents().at("apply", Moment.BEFORE, 1, () -> refuse("check-failed"));
            stage.incidents().at("clean", Moment.BEFORE, 1, () -> {
                assertThat(stage.world().ledger().orElseThrow().isFinal()).isFalse();
                assertThat(stage.outcome().compensation()).isEqualTo(Compensation.RUNNING);
            });

            stage.start(input);

            assertThat(stage.failure()).isPresent();
            assertThat(stage.world().effects()).endsWith("clean");
        }
    }

    @Test
    void hooksAreCalledOnceWhenTheUndoHasEnded() throws Exception {
        PipelineInput input = twoSteps(Plans.undoing())
                .hook(HookPoint.ofRun(Occasion.FAILURE))
                .hook(HookPoint.ofRun(Occasion.UNDO))
                .hook(HookPoint.ofRun(Occasion.SUCCESS))
                .hook(HookPoint.ofStep(Occasion.FAILURE, "apply"))
                .hook(HookPoint.ofStep(Occasion.UNDO, "capture"))
                .hook(HookPoint.ofStep(Occasion.SUCCESS, "capture"))
                .input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.incidents().at("apply", Moment.BEFORE, 1, () -> refuse("check-failed"));

            stage.start(input);

            assertThat(stage.failure()).isPresent();
            assertThat(stage.world().effects())
                    .startsWith("capture", "undo capture")
                    .hasSize(6)
                    .contains("hook FAILURE", "hook UNDO", "hook FAILURE of apply", "hook UNDO of capture");
        }
    }

    @Test
    void hooksOfSuccessAreCalledWhenTheLedgerKnowsOfIt() throws Exception {
        PipelineInput input = twoSteps(Plans.undoing())
                .last("clean")
                .hook(HookPoint.ofRun(Occasion.SUCCESS))
                .hook(HookPoint.ofRun(Occasion.FAILURE))
                .input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.start(input);

            assertThat(stage.failure()).isEmpty();
            assertThat(stage.world().effects()).containsExactly("capture", "apply", "clean", "hook SUCCESS");
        }
    }

    @Test
    void aHookOfStuckIsCalledOnceHoweverOftenItGetsStuck() throws Exception {
        PipelineInput input = Plans.undoing()
                .sql("capture")
                .step(sql("apply", StepTurn.after("capture"), StepEnd.PLAIN))
                .hook(HookPoint.ofRun(Occasion.STUCK))
                .input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.incidents().at("apply", Moment.BEFORE, 1, () -> refuse("check-failed"));
            stage.incidents().at("capture", Moment.UNDO_BEFORE, 3, () -> refuse("in-use"));

            stage.start(input);

            assertThat(stage.failure()).isPresent();
            assertThat(stage.world().effects()).containsOnlyOnce("hook STUCK").endsWith("undo capture");
        }
    }

    @Test
    void aHookThatFailsChangesNothing() throws Exception {
        PipelineInput input = twoSteps(Plans.undoing())
                .hook(HookPoint.ofRun(Occasion.SUCCESS))
                .input();
        try (Stage stage = stage(input, StepMode.REGULAR)) {
            stage.incidents().at("hook SUCCESS", Moment.BEFORE, Incidents.ALWAYS, () -> refuse("no-mail"));

            stage.start(input);

            assertThat(stage.failure()).isEmpty();
            assertThat(stage.outcome().forward()).isEqualTo(Forward.SUCCEEDED);
        }
    }

    private static void refuse(String reason) {
        throw Refusal.because(reason, "refused by a test");
    }
}
