package io.reprise.workflows.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reprise.workflows.run.Name;
import io.reprise.workflows.saga.FailurePolicy;
import io.reprise.workflows.saga.Retry;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final PlannedTerms UNFENCED = PlannedTerms.unfenced(Retry.attempts(3), Duration.ofMinutes(1));

    private static PlannedStep sql(String id, StepTurn turn, StepEnd end) {
        return new PlannedStep(id, StepKind.SQL, "sql.warehouse", turn, Samples.SQL_TERMS, end);
    }

    private static Plan plan(PlannedStep... steps) {
        return new Plan(new Name("test"), FailurePolicy.UNDO, List.of(steps), List.of(), List.of());
    }

    @Test
    void refusesAnOrderThatNoRunCouldFollow() {
        assertRefused(
                () -> plan(sql("a", StepTurn.after("b"), StepEnd.PLAIN)), "'a'", "it needs 'b'", "steps above it");
        assertRefused(() -> plan(sql("a", StepTurn.after().reading("b.rows"), StepEnd.PLAIN)), "it reads 'b.rows'");
        assertRefused(
                () -> plan(sql("a", StepTurn.after(), StepEnd.PLAIN), sql("a", StepTurn.after(), StepEnd.PLAIN)),
                "an id that stands once");
        assertRefused(() -> plan(), "with 0 steps");
    }

    @Test
    void refusesAnUndoFromThePivotOn() {
        PlannedStep pivot = sql("a", StepTurn.after(), StepEnd.PIVOT);

        assertRefused(() -> plan(pivot, sql("b", StepTurn.after("a"), StepEnd.UNDONE)), "'b'", "comes after a pivot");
        assertRefused(() -> plan(pivot, sql("b", StepTurn.after("a"), StepEnd.PIVOT)), "'b'", "comes after a pivot");
        assertRefused(() -> new StepEnd(true, true, false), "a pivot that is undone");
    }

    @Test
    void refusesKindsThatCannotDoWhatIsAsked() {
        assertRefused(
                () -> new PlannedStep(
                        "a", StepKind.CHECK, "sql.w", StepTurn.after(), Samples.SQL_TERMS, StepEnd.UNDONE),
                "it has an undo, and is a CHECK");
        assertRefused(
                () -> new PlannedStep("a", StepKind.COMMAND, "pipeline", StepTurn.after(), UNFENCED, StepEnd.PIVOT),
                "an unfenced pivot");
        assertRefused(
                () -> new PlannedStep("a", StepKind.APPROVAL, "pipeline", StepTurn.after(), UNFENCED, StepEnd.PLAIN),
                "without a limit");
        assertRefused(UNFENCED::locally, "a fenced one");
        assertRefused(() -> sql("a:b", StepTurn.after(), StepEnd.PLAIN), "its id is 'a:b'");
        assertRefused(() -> sql("a[x:y]", StepTurn.after(), StepEnd.PLAIN), "its id is 'a[x:y]'");
    }

    @Test
    void refusesMoreStepsThanOneRunMayHave() {
        PlannedStep[] steps = IntStream.rangeClosed(0, Plan.MOST_STEPS)
                .mapToObj(n -> sql("s" + n, StepTurn.after(), StepEnd.PLAIN))
                .toArray(PlannedStep[]::new);

        assertRefused(() -> plan(steps), "1 to 1000");
    }

    @Test
    void anInputNamesOnlyStepsOfItsPlan() {
        PipelineInput input = Samples.input();

        assertRefused(() -> input.only(List.of("nowhere")), "'nowhere'", "one of [events-there, load[EU], apply]");
        assertRefused(() -> PipelineInput.of("abc", input.plan(), null, Map.of()), "'abc'", "a SHA-256 in hex");
    }

    /** The hash of this text decides whether two requests mean the same run: it must never change by itself. */
    @Test
    void anInputHasOneText() {
        Plan plan = plan(sql("a", StepTurn.after(), StepEnd.UNDONE));

        assertThat(PipelineInput.of(Samples.DEFINITION, plan, null, Map.of("b", 1, "a", "x"))
                        .canonical()
                        .json())
                .isEqualTo("""
                        {"definition":"%s","plan":{"pipeline":"test","failure":"undo","steps":[{"id":"a","kind":"sql",\
                        "queue":"sql.warehouse","turn":{},"terms":{"retry":{"attempts":5,"first":"PT1S","factor":2.0,\
                        "longest":"PT1M"},"attempt":"PT5M","fenced":true},"end":{"undo":true}}]},"slot":null,\
                        "parameters":{"a":"x","b":1}}""".formatted(Samples.DEFINITION));
    }

    @Test
    void refusesOutputsThatDoNotBelongIntoAHistory() {
        assertRefusedOutput("output-too-large", Map.of("rows", "x".repeat(1_025)));
        assertRefusedOutput("output-unusable", Map.of("rows", List.of(1)));
        assertRefusedOutput("output-too-large", many(17));
        assertThat(StepResult.of("a", many(15)).outputs()).hasSize(15);
    }

    private static Map<String, Object> many(int outputs) {
        return IntStream.range(0, outputs)
                .boxed()
                .collect(java.util.stream.Collectors.toMap(n -> "o" + n, n -> "x".repeat(1_024)));
    }

    private static void assertRefusedOutput(String type, Map<String, Object> outputs) {
        assertThatThrownBy(() -> StepResult.of("a", outputs))
                .isInstanceOfSatisfying(ApplicationFailure.class, refused -> {
                    assertThat(refused.getType()).isEqualTo(type);
                    assertThat(refused.isNonRetryable()).isTrue();
                });
    }

    private static void assertRefused(ThrowingCallable plan, String... words) {
        assertThatThrownBy(plan).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(words);
    }
}
