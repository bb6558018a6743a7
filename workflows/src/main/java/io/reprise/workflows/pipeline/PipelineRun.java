package io.reprise.workflows.pipeline;

import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.saga.SagaRun;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

public final class PipelineRun implements PipelineWorkflow {

    private final SagaRun run;

    @WorkflowInit
    public PipelineRun(RunContext context, PipelineInput input) {
        this.run = PipelineSaga.of(input.plan()).accept(context, new PipelineFlow(input), new PipelineHooks(input));
        Workflow.setCurrentDetails(details(input));
    }

    @Override
    public void run(RunContext context, PipelineInput input) {
        run.finish();
    }

    private static String details(PipelineInput input) {
        StringBuilder text = new StringBuilder("Definition `" + input.definition() + "`");
        if (input.slot() != null) {
            text.append(", slot ").append(input.slot().name());
        }
        for (PlannedStep step : input.plan().steps()) {
            text.append("\n* ").append(step.id()).append(" on ").append(step.queue());
            if (!step.turn().needs().isEmpty()) {
                text.append(", after ").append(String.join(", ", step.turn().needs()));
            }
        }
        return text.toString();
    }
}
