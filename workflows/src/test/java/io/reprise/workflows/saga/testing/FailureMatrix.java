package io.reprise.workflows.saga.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.Step;
import io.temporal.failure.ApplicationFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every failure at every step of a saga, in both modes, as tests:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> survivesEveryFailure() {
 *     return FailureMatrix.of(OrderSaga.PLACE, order).tests();
 * }
 * }</pre>
 *
 * The steps' activities are not called: a world in memory stands behind them, with fences as the databases have.
 */
public final class FailureMatrix {

    private static final Logger LOG = LoggerFactory.getLogger(FailureMatrix.class);
    private static final int PLAYS = 3;

    private final Saga<?> saga;
    private final Object input;
    private final Function<StepMode, Stage> stages;

    private FailureMatrix(Saga<?> saga, Object input, Function<StepMode, Stage> stages) {
        this.saga = saga;
        this.input = input;
        this.stages = stages;
    }

    public static <I> FailureMatrix of(Saga<I> saga, I input) {
        return new FailureMatrix(saga, input, mode -> new Stage(saga, mode));
    }

    /** The same for a saga that only its workflow can run; its steps should have attempts that end soon. */
    public static <I> FailureMatrix of(Saga<I> saga, I input, Class<?> workflow) {
        return new FailureMatrix(saga, input, mode -> Stage.of(saga, mode, workflow));
    }

    public Stream<DynamicTest> tests() {
        List<Scenario> scenarios = new Scenarios(saga).all();
        return Arrays.stream(StepMode.values())
                .flatMap(mode -> scenarios.stream()
                        .flatMap(scenario -> saga.steps().stream()
                                .filter(scenario.steps())
                                .map(step -> DynamicTest.dynamicTest(
                                        step.id() + " " + scenario.name() + " (" + mode + ")",
                                        () -> playThrough(scenario, step, mode)))));
    }

    private void playThrough(Scenario scenario, Step step, StepMode mode) throws Exception {
        for (int lost = 0; lost < PLAYS; lost++) {
            try {
                play(scenario, step, mode);
                return;
            } catch (TaskLost again) {
                LOG.warn("{} {} ({}) is played again", step.id(), scenario.name(), mode, again);
            }
        }
        throw new AssertionError("the server in memory lost a workflow task " + PLAYS + " times");
    }

    private void play(Scenario scenario, Step step, StepMode mode) throws Exception {
        try (Stage stage = stages.apply(mode)) {
            scenario.plot().prepare(stage, step);

            stage.start(input);
            stage.await(() -> scenario.plot().meanwhile(stage, step));

            Optional<Throwable> failure = stage.failure();
            RunOutcome ledger = stage.world().await(RunOutcome::isFinal);
            stage.incidents().release();
            stage.world().awaitQuiet();
            assertThat(ledger.forward()).isIn(scenario.endings().apply(step, mode));
            new Verdict(stage.saga(), ledger, stage.world().effects()).check();
            checkWorkflow(stage, ledger, failure);
        }
    }

    /** The workflow says the same as the ledger, read by a replay of all its history, and fails with the original failure. */
    private static void checkWorkflow(Stage stage, RunOutcome ledger, Optional<Throwable> failure) {
        RunOutcome outcome = stage.outcome();
        assertThat(outcome.forward()).isEqualTo(ledger.forward());
        assertThat(outcome.compensation()).isEqualTo(ledger.compensation());
        if (ledger.forward() == Forward.FAILED && failure.orElse(null) instanceof ApplicationFailure application) {
            assertThat(application.getType()).isEqualTo(Scenarios.REFUSED);
            assertThat(application.getDetails().get(RunOutcome.class)).isEqualTo(outcome);
        }
    }
}
