package io.reprise.workflows.saga.testing;

import static io.reprise.workflows.run.Forward.CANCELLED;
import static io.reprise.workflows.run.Forward.FAILED;
import static io.reprise.workflows.run.Forward.SUCCEEDED;
import static io.reprise.workflows.saga.testing.Moment.AFTER;
import static io.reprise.workflows.saga.testing.Moment.BEFORE;
import static io.reprise.workflows.saga.testing.Moment.UNDO_AFTER;
import static io.reprise.workflows.saga.testing.Moment.UNDO_BEFORE;
import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.saga.Refusal;
import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.Step;
import io.reprise.workflows.saga.Step.Kind;
import io.reprise.workflows.saga.testing.Scenario.Plot;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** Everything that may go wrong at a step of one saga. */
final class Scenarios {

    static final String REFUSED = "refused";

    private final Saga<?> saga;

    Scenarios(Saga<?> saga) {
        this.saga = saga;
    }

    List<Scenario> all() {
        return List.of(
                forward("fails and passes", BEFORE, Scenarios::fail, Scenarios::succeeds),
                forward("refuses", BEFORE, Scenarios::refuse, Scenarios::undoneBefore),
                forward("fails after its commit", AFTER, Scenarios::fail, Scenarios::succeeds),
                forward("fails for good after its commit", AFTER, Scenarios::refuse, Scenarios::failedAfter),
                forward("times out and commits late", BEFORE, Scenarios::hang, Scenarios::succeeds),
                forward("times out but commits", AFTER, Scenarios::hang, Scenarios::succeeds),
                forward("is cancelled before its commit", BEFORE, Scenarios::cancelAndHang, Scenarios::cancelledBefore),
                forward("is cancelled after its commit", AFTER, Scenarios::cancel, this::cancelledAfter),
                forward("loses its worker before its commit", BEFORE, Scenarios::loseWorker, Scenarios::succeeds),
                forward("loses its worker after its commit", AFTER, Scenarios::loseWorker, Scenarios::succeeds),
                always(
                        "is cancelled and loses its worker before its commit",
                        BEFORE,
                        Scenarios::vanish,
                        Scenarios::vanishedBefore),
                always(
                        "is cancelled and loses its worker after its commit",
                        AFTER,
                        Scenarios::vanish,
                        this::cancelledAfter),
                undo("its undo fails twice", UNDO_BEFORE, 2, Scenarios::fail),
                undo("its undo fails after its commit", UNDO_AFTER, 1, Scenarios::fail),
                undo("its undo times out but commits", UNDO_AFTER, 1, Scenarios::hang),
                undo("its undo loses its worker before its commit", UNDO_BEFORE, 1, Scenarios::loseWorker),
                undo("its undo loses its worker after its commit", UNDO_AFTER, 1, Scenarios::loseWorker),
                undo("is cancelled in its undo", UNDO_BEFORE, 1, Scenarios::cancel),
                stuck("its undo fails until an operator has it retried", Scenarios::fail, Repair::retry),
                stuck("its undo fails until an operator skips it", Scenarios::fail, Repair::skip),
                stuck("its undo is refused until an operator has it retried", Scenarios::refuse, Repair::retry),
                stuck("its undo is refused until an operator skips it", Scenarios::refuse, Repair::skip));
    }

    private Scenario forward(
            String name,
            Moment moment,
            BiConsumer<Stage, Step> what,
            BiFunction<Step, StepMode, List<Forward>> endings) {
        return forward(name, moment, 1, what, endings);
    }

    private Scenario always(
            String name,
            Moment moment,
            BiConsumer<Stage, Step> what,
            BiFunction<Step, StepMode, List<Forward>> endings) {
        return forward(name, moment, Incidents.ALWAYS, what, endings);
    }

    private Scenario forward(
            String name,
            Moment moment,
            int times,
            BiConsumer<Stage, Step> what,
            BiFunction<Step, StepMode, List<Forward>> endings) {
        Plot plot = (stage, step) -> stage.incidents().at(step.id(), moment, times, () -> what.accept(stage, step));
        return new Scenario(name, step -> step.kind() != Kind.FINAL, plot, endings);
    }

    private Scenario undo(String name, Moment moment, int times, BiConsumer<Stage, Step> what) {
        Plot plot = (stage, step) -> {
            refuseAtTheEnd(stage);
            stage.incidents().at(step.id(), moment, times, () -> what.accept(stage, step));
        };
        return new Scenario(name, this::isUndoneFromTheEnd, plot, (step, mode) -> List.of(FAILED));
    }

    private Scenario stuck(String name, BiConsumer<Stage, Step> what, Repair repair) {
        Plot plot = new Plot() {
            @Override
            public void prepare(Stage stage, Step step) {
                refuseAtTheEnd(stage);
                stage.incidents().at(step.id(), UNDO_BEFORE, Incidents.ALWAYS, () -> what.accept(stage, step));
            }

            @Override
            public void meanwhile(Stage stage, Step step) throws InterruptedException {
                stage.world().await(outcome -> outcome.stuckSteps().equals(List.of(step.id())));
                repair.apply(stage, step);
            }
        };
        return new Scenario(name, this::isUndoneFromTheEnd, plot, (step, mode) -> List.of(FAILED));
    }

    /** What an operator does about a step that is STUCK. */
    private interface Repair {
        void apply(Stage stage, Step step);

        /** The new attempt fails as well, and only then the world is repaired: else the run might end before the request. */
        static void retry(Stage stage, Step step) {
            assertThat(stage.operator().retry(step.id()).isFinal()).isFalse();
            stage.incidents().clear();
        }

        static void skip(Stage stage, Step step) {
            stage.operator().skip(step.id(), "by a test");
        }
    }

    private void refuseAtTheEnd(Stage stage) {
        stage.incidents().at(end().id(), BEFORE, 1, () -> refuse(stage, end()));
    }

    /** The last step whose refusal undoes the run. */
    private Step end() {
        return saga.pivot()
                .orElseGet(() -> saga.steps().reversed().stream()
                        .filter(step -> step.kind() != Kind.FINAL)
                        .findFirst()
                        .orElseThrow());
    }

    private boolean isUndoneFromTheEnd(Step step) {
        return step.undo().isPresent() && !step.equals(end());
    }

    private static void fail(Stage stage, Step step) {
        throw ApplicationFailure.newFailure("a line broke at " + step.id(), "LineBroke");
    }

    private static void refuse(Stage stage, Step step) {
        throw Refusal.because(REFUSED, "refused at " + step.id());
    }

    private static void hang(Stage stage, Step step) {
        stage.incidents().hang();
    }

    private static void cancel(Stage stage, Step step) {
        stage.cancelInTemporal();
    }

    private static void cancelAndHang(Stage stage, Step step) {
        stage.cancelInTemporal();
        stage.incidents().hang();
    }

    private static void loseWorker(Stage stage, Step step) {
        stage.loseWorker();
        stage.incidents().hang();
    }

    /** Cancelled and gone within one workflow task; later attempts hang, so that the undo meets an open one.
     * Past the pivot there is none. */
    private static void vanish(Stage stage, Step step) {
        if (stage.hasLostAWorker()
                && (step.kind() == Kind.ONLY_FORWARD || stage.world().hasSaidTooLate())) {
            return;
        }
        if (!stage.hasLostAWorker()) {
            stage.cancelInTemporal();
            stage.loseWorker();
        }
        stage.incidents().hang();
    }

    private static List<Forward> succeeds(Step step, StepMode mode) {
        return List.of(SUCCEEDED);
    }

    private static List<Forward> undoneBefore(Step step, StepMode mode) {
        return List.of(step.kind() == Kind.ONLY_FORWARD ? SUCCEEDED : FAILED);
    }

    private static List<Forward> failedAfter(Step step, StepMode mode) {
        return List.of(step.kind() == Kind.UNDOABLE ? FAILED : SUCCEEDED);
    }

    /** Local steps share a workflow task, so that a cancel may be read only after the pivot has happened in it. */
    private static List<Forward> cancelledBefore(Step step, StepMode mode) {
        if (step.kind() == Kind.ONLY_FORWARD) {
            return List.of(SUCCEEDED);
        }
        return mode == StepMode.LOCAL ? List.of(SUCCEEDED, CANCELLED) : List.of(CANCELLED);
    }

    /** A lost worker may delay the fence of the pivot until the pivot is repeated. */
    private static List<Forward> vanishedBefore(Step step, StepMode mode) {
        return step.isPivot() ? List.of(SUCCEEDED, CANCELLED) : cancelledBefore(step, mode);
    }

    private List<Forward> cancelledAfter(Step step, StepMode mode) {
        if (step.kind() != Kind.UNDOABLE) {
            return List.of(SUCCEEDED);
        }
        return mode == StepMode.LOCAL || step.equals(end()) ? List.of(SUCCEEDED, CANCELLED) : List.of(CANCELLED);
    }
}
