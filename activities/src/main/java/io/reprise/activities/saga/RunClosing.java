package io.reprise.activities.saga;

import io.reprise.db.run.RunRef;
import io.reprise.workflows.saga.Step;
import java.util.List;

/** Closes fences of runs whose executions are gone, wherever they stand. */
@FunctionalInterface
public interface RunClosing {

    /**
     * Closes those of steps that have not happened.
     *
     * @throws FencesUnknown where that cannot be done now; it may be repeated
     */
    void close(RunRef run, List<Step> steps) throws FencesUnknown;
}
