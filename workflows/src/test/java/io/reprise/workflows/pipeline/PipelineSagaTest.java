package io.reprise.workflows.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.Step;
import io.reprise.workflows.saga.Step.Kind;
import io.reprise.workflows.saga.StepTerms;
import io.reprise.workflows.saga.Work;
import io.reprise.workflows.saga.testing.FailureMatrix;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("slow")
class PipelineSagaTest {

    /** A wait, two branches beside each other, a pivot and a step after it; a step at the end. */
    private static final Plans EVERYTHING = Plans.undoing()
            .wait("events-there")
            .sql("load-eu", "events-there")
            .sql("load-us", "events-there")
            .step(Plans.sql("apply", StepTurn.after("load-eu", "load-us"), StepEnd.PIVOT))
            .step(Plans.sql("tell", StepTurn.after("apply"), StepEnd.PLAIN))
            .last("clean");

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> survivesEveryFailureOfEveryStep() {
        return FailureMatrix.of(PipelineSaga.of(EVERYTHING.plan()), EVERYTHING.input(), PipelineRun.class)
                .tests();
    }

    @Test
    void aPlanBecomesASaga() {
        Saga<PipelineInput> saga = PipelineSaga.of(Samples.plan());

        assertThat(saga.name()).isEqualTo("pipeline");
        assertThat(saga.steps())
                .extracting(Step::id, Step::position, Step::kind)
                .containsExactly(
                        tuple("events-there", 1, Kind.UNDOABLE),
                        tuple("load[EU]", 2, Kind.UNDOABLE),
                        tuple("apply", 3, Kind.UNDOABLE),
                        tuple("clean", 4, Kind.FINAL));
        assertThat(saga.steps())
                .extracting(Step::work)
                .containsExactly(
                        new Work.Look("Wait.look"),
                        new Work.Call("Sql.run"),
                        new Work.Call("Sql.publish"),
                        new Work.Call("Command.run"));
        assertThat(saga.steps())
                .extracting(Step::undo)
                .containsExactly(
                        Optional.empty(), Optional.of("Sql.undo"), Optional.of("Sql.unpublish"), Optional.empty());
    }

    @Test
    void termsBecomeTheTermsOfTheStep() {
        StepTerms terms =
                PipelineSaga.of(Samples.plan()).step("load[EU]").orElseThrow().terms();

        assertThat(terms.taskQueue()).contains("sql.warehouse");
        assertThat(terms.heartbeat()).contains(Duration.ofSeconds(20));
        assertThat(terms.deadline().orElseThrow().reason()).isEqualTo("too-slow");
        assertThat(terms.retry().attempts()).isEqualTo(5);
    }

    @Test
    void aPivotNeedsAllAboveItAndIsNeededByAllAfterIt() {
        Plan plan = Plans.undoing()
                .sql("a")
                .sql("b")
                .step(Plans.sql("p", StepTurn.after("b"), StepEnd.PIVOT))
                .step(Plans.sql("c", StepTurn.after("a"), StepEnd.PLAIN))
                .plan();

        assertThat(PipelineSaga.of(plan).steps())
                .extracting(Step::needs)
                .containsExactly(List.of(), List.of(), List.of("a", "b"), List.of("a", "p"));
    }
}
