package io.reprise.workflows.saga;

import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.StepKey;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;

/** One run of a saga: drives its steps forward. */
public final class SagaRun<I> {

    private final Saga<I> saga;
    private final RunContext context;
    private final I input;

    SagaRun(Saga<I> saga, RunContext context, I input) {
        this.saga = saga;
        this.context = context;
        this.input = input;
    }

    public void finish() {
        for (Step step : saga.steps()) {
            StepKey key = context.workflowId().step(step.id());
            boolean last = step.position() == saga.steps().size();
            ActivityOptions options = ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(step.terms().attemptTimeout())
                    .setRetryOptions(step.terms().retry().options())
                    .setSummary(step.id())
                    .build();
            Workflow.newUntypedActivityStub(options)
                    .execute(
                            step.forward(),
                            Void.class,
                            new StepCall(key, context.runId(), context.startedOn(), step.position(), last),
                            input);
        }
    }
}
