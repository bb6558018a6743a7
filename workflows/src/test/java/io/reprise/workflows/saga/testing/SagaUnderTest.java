package io.reprise.workflows.saga.testing;

import io.reprise.workflows.run.RunContext;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Runs a saga by its declaration alone, with any input. */
@WorkflowInterface
public interface SagaUnderTest {

    String TYPE = "saga-under-test";

    @WorkflowMethod(name = TYPE)
    void run(RunContext context, RawValue input);
}
