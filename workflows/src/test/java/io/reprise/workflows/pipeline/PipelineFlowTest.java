package io.reprise.workflows.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Approved;
import io.reprise.workflows.saga.Flow.Due;
import io.reprise.workflows.saga.Step;
import io.temporal.failure.ApplicationFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineFlowTest {

    private static final Condition ANY_ROWS = new Condition("capture.rows", Relation.GREATER, 0);
    private static final Plan PLAN = Plans.undoing()
            .sql("capture")
            .step(Plans.sql("apply", StepTurn.after("capture").when(ANY_ROWS).reading("capture.rows"), StepEnd.UNDONE))
            .last("clean")
            .plan();
    private static final PipelineInput INPUT =
            PipelineInput.of(Samples.DEFINITION, PLAN, Samples.SLOT, Map.of("region", "EU"));

    private static Step step(String id) {
        return PipelineSaga.of(PLAN).step(id).orElseThrow();
    }

    private static StepResult rows(Object rows) {
        return new StepResult(Map.of("rows", rows, "other", 1));
    }

    @Test
    void aStepIsGivenTheValuesOfTheRunAndTheOutputsItReads() {
        PipelineFlow flow = new PipelineFlow(INPUT);
        flow.answered(step("capture"), rows(5));

        assertThat(flow.due(step("apply")))
                .isEqualTo(new Due.Run(new PipelineStep(
                        Samples.DEFINITION, "apply", Samples.SLOT, Map.of("region", "EU"), Map.of("capture.rows", 5))));
    }

    @Test
    void aStepWhoseConditionDoesNotHoldIsSkippedWithTheReason() {
        PipelineFlow flow = new PipelineFlow(INPUT);
        flow.answered(step("capture"), rows(0));

        assertThat(flow.due(step("apply")))
                .isEqualTo(new Due.Skip("capture.rows is 0 (expected: capture.rows is greater than 0)"));
    }

    @Test
    void aStepWhoseConditionCannotBeToldIsRefused() {
        PipelineFlow flow = new PipelineFlow(INPUT);
        flow.answered(step("capture"), rows("many"));

        assertThat(flow.due(step("apply")))
                .isInstanceOfSatisfying(
                        Due.Refuse.class,
                        refused -> assertThat(refused.failure())
                                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                                    assertThat(failure.getType()).isEqualTo("condition-unclear");
                                    assertThat(failure.getOriginalMessage())
                                            .contains("'apply'", "capture.rows is 'many'");
                                }));
    }

    @Test
    void whatAnEarlierStepDidNotAnswerIsReadAsNothing() {
        Plan plan = Plans.undoing()
                .sql("capture")
                .step(Plans.sql("apply", StepTurn.after("capture").reading("capture.rows"), StepEnd.UNDONE))
                .plan();
        PipelineFlow flow = new PipelineFlow(PipelineInput.of(Samples.DEFINITION, plan, null, Map.of()));
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("capture.rows", null);

        flow.answered(step("capture"), null);

        assertThat(flow.due(step("apply")))
                .isInstanceOfSatisfying(
                        Due.Run.class,
                        run -> assertThat(run.input())
                                .isEqualTo(new PipelineStep(Samples.DEFINITION, "apply", null, Map.of(), nothing)));
    }

    @Test
    void onlyTheStepsThatWereAskedForAreDoneAndThoseOfTheEnd() {
        PipelineFlow flow = new PipelineFlow(INPUT.only(List.of("capture")));

        assertThat(flow.due(step("capture"))).isInstanceOf(Due.Run.class);
        assertThat(flow.due(step("apply"))).isEqualTo(new Due.Skip("not among the steps that were asked for: capture"));
        assertThat(flow.due(step("clean"))).isInstanceOf(Due.Run.class);
    }

    @Test
    void anInheritedStepHasItsOutputsAndItsKey() {
        WorkflowId first = new WorkflowId("pipeline/test/2026-10-25");
        PipelineFlow flow = new PipelineFlow(
                INPUT.inheriting(List.of(new Inherited("capture", first.step("capture"), Map.of("rows", 5)))));

        assertThat(flow.inherited(step("capture"))).contains(first.step("capture"));
        assertThat(flow.inherited(step("apply"))).isEmpty();
        assertThat(flow.due(step("apply"))).isInstanceOf(Due.Run.class);
    }

    @Test
    void anApprovalAnswersWhoGaveItAndWhy() {
        Plan plan = Plans.undoing()
                .approval("release")
                .step(Plans.sql("apply", StepTurn.after("release").reading("release.by"), StepEnd.UNDONE))
                .plan();
        PipelineFlow flow = new PipelineFlow(PipelineInput.of(Samples.DEFINITION, plan, null, Map.of()));
        Step release = PipelineSaga.of(plan).step("release").orElseThrow();

        flow.answered(release, new Approved("ada", "looks right"));

        assertThat(flow.due(step("apply")))
                .isInstanceOfSatisfying(
                        Due.Run.class,
                        run -> assertThat(run.input())
                                .isEqualTo(new PipelineStep(
                                        Samples.DEFINITION, "apply", null, Map.of(), Map.of("release.by", "ada"))));
    }
}
