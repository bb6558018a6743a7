package io.reprise.workflows.saga;

import io.reprise.workflows.run.RunOutcome;

/** Is told what becomes of a run. None of it changes how the run ends. */
public interface RunHooks {

    /** Steps of the run cannot go on without a person; told with every change of them. */
    void stuck(RunOutcome outcome);

    /** The run has ended; returns when everybody who wants to know was told. */
    void ended(RunOutcome outcome);

    /** Nobody is told. */
    static RunHooks none() {
        return new RunHooks() {
            @Override
            public void stuck(RunOutcome outcome) {}

            @Override
            public void ended(RunOutcome outcome) {}
        };
    }
}
