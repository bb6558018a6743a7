package io.reprise.db.pipeline;

import io.reprise.db.run.NextInput;
import io.reprise.db.run.RetryWish;
import io.reprise.db.run.Run;
import io.reprise.db.run.Runs;
import io.reprise.workflows.pipeline.EndedStep;
import io.reprise.workflows.pipeline.HeldRun;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.pipeline.Repetition;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunInput;
import java.util.Optional;

/** Keeps the finished steps of held pipelines for their next generations. */
public final class KeptSteps implements NextInput {

    private final Runs runs;

    public KeptSteps(Runs runs) {
        this.runs = runs;
    }

    @Override
    public Answer of(Run run, RunInput input, RetryWish wish) {
        Optional<HeldRun> held = held(run, input)
                .map(it -> wish.renewal()
                        .map(other -> it.by(PipelineInput.read(other.input()), other.unchanged()))
                        .orElse(it));
        if (held.isEmpty()) {
            return NextInput.same(input, wish);
        }
        Repetition repetition = wish.from().map(held.get()::from).orElseGet(held.get()::whole);
        return switch (repetition) {
            case Repetition.With next -> new Answer.With(next.input().canonical());
            case Repetition.Refused refused -> new Answer.Refused(refused.found(), refused.expected());
        };
    }

    /** A run whose steps stand as it left them; empty for any other. */
    public Optional<HeldRun> held(Run run) {
        return runs.input(run.ref()).flatMap(input -> held(run, input));
    }

    private Optional<HeldRun> held(Run run, RunInput input) {
        if (!run.workflowType().equals(PipelineRuns.PIPELINE) || !run.isEnded() || run.forward() == Forward.SUCCEEDED) {
            return Optional.empty();
        }
        return Optional.of(PipelineInput.read(input))
                .filter(it -> HeldRun.isHeld(it, run.compensation()))
                .map(it -> new HeldRun(
                        run.ref().workflowId(),
                        it,
                        runs.steps(run.ref()).stream()
                                .map(step -> EndedStep.read(step.stepId(), step.forward(), step.outputs()))
                                .toList()));
    }
}
