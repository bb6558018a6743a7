package io.reprise.workflows.saga.testing;

import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.SagaRun;
import io.temporal.common.converter.RawValue;

final class AnySaga implements SagaUnderTest {

    private final SagaRun run;

    @SuppressWarnings("unchecked") // the runtime only passes the input on
    AnySaga(Saga<?> saga, RunContext context, RawValue input) {
        this.run = ((Saga<Object>) saga).accept(context, input);
    }

    @Override
    public void run(RunContext context, RawValue input) {
        run.finish();
    }
}
