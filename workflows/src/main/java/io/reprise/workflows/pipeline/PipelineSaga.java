package io.reprise.workflows.pipeline;

import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.Step;
import io.reprise.workflows.saga.Step.Kind;
import io.reprise.workflows.saga.StepTerms;
import io.reprise.workflows.saga.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plan as the saga that the runtime runs. */
public final class PipelineSaga {

    private static final Work CHILD =
            new Work.Elsewhere("Pipeline.child", ChildRun.class, "Pipeline.childEnded", "Pipeline.cancelChild");

    private PipelineSaga() {}

    public static Saga<PipelineInput> of(Plan plan) {
        List<Step> steps = new ArrayList<>();
        Optional<String> pivot = Optional.empty();
        for (PlannedStep step : plan.steps()) {
            steps.add(pivot.isPresent() ? afterPivot(step, pivot.get(), steps) : upToPivot(step, steps));
            pivot = step.end().pivot() ? Optional.of(step.id()) : pivot;
        }
        for (PlannedStep step : plan.last()) {
            steps.add(step(step, Kind.FINAL, step.turn().needs(), steps));
        }
        return Saga.of(PipelineWorkflow.TYPE, plan.failure(), steps);
    }

    /** A pivot needs every step above it: once it has happened there is nothing left that could fail. */
    private static Step upToPivot(PlannedStep step, List<Step> above) {
        return step.end().pivot()
                ? step(step, Kind.PIVOT, above.stream().map(Step::id).toList(), above)
                : step(step, Kind.UNDOABLE, step.turn().needs(), above);
    }

    private static Step afterPivot(PlannedStep step, String pivot, List<Step> above) {
        List<String> needs = new ArrayList<>(step.turn().needs());
        if (!needs.contains(pivot)) {
            needs.add(pivot);
        }
        return step(step, Kind.ONLY_FORWARD, needs, above);
    }

    private static Step step(PlannedStep step, Kind kind, List<String> needs, List<Step> above) {
        return new Step(
                step.id(),
                above.size() + 1,
                kind,
                work(step.kind()),
                step.end().undo() ? step.kind().undo() : Optional.empty(),
                needs,
                terms(step),
                kind == Kind.FINAL || step.end().continues(),
                Optional.ofNullable(step.turn().group()));
    }

    private static Work work(StepKind kind) {
        return switch (kind) {
            case SQL, TRANSACTION, CHECK, PUBLISH, COMMAND ->
                new Work.Call(kind.forward().orElseThrow());
            case WAIT -> new Work.Look(kind.forward().orElseThrow());
            case TOPIC -> new Work.Watch(kind.forward().orElseThrow(), "Wait.forgetRecord");
            case APPROVAL -> new Work.Approval();
            case PIPELINE -> CHILD;
        };
    }

    private static StepTerms terms(PlannedStep step) {
        PlannedTerms terms = step.terms();
        return new StepTerms(
                terms.fenced(),
                terms.retry(),
                terms.attempt(),
                Optional.ofNullable(terms.within()),
                Optional.of(step.queue()),
                Optional.ofNullable(terms.heartbeat()),
                terms.local());
    }
}
