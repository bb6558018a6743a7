package io.reprise.activities.pipeline;

import io.reprise.activities.run.Declaration;
import io.reprise.activities.run.RunDeclarations;
import io.reprise.db.run.Run;
import io.reprise.db.run.Runs;
import io.reprise.workflows.pipeline.Inherited;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.pipeline.PipelineSaga;
import io.reprise.workflows.pipeline.PipelineWorkflow;
import io.reprise.workflows.pipeline.PlannedStep;
import io.reprise.workflows.pipeline.StepKind;
import java.util.Optional;

/** Knows what runs of pipelines declared, by their plans. */
public final class PipelineDeclarations implements RunDeclarations {

    private final Runs runs;
    private final RunDeclarations others;

    /** @param others of all runs that are no pipelines */
    public PipelineDeclarations(Runs runs, RunDeclarations others) {
        this.runs = runs;
        this.others = others;
    }

    @Override
    public Optional<Declaration> of(Run run) {
        return run.workflowType().equals(PipelineWorkflow.TYPE)
                ? runs.input(run.ref()).map(PipelineInput::read).map(PipelineDeclarations::planned)
                : others.of(run);
    }

    private static Declaration planned(PipelineInput input) {
        return new Declaration(
                PipelineSaga.of(input.plan()),
                false,
                input.inherited().stream().map(Inherited::step).toList(),
                input.plan().steps().stream()
                        .filter(step -> step.kind() == StepKind.COMMAND || step.kind() == StepKind.PIPELINE)
                        .map(PlannedStep::id)
                        .toList());
    }
}
