package io.reprise.activities.saga;

import io.reprise.workflows.run.WorkflowId;

/**
 * The fences of a run cannot be told now, since a database that it changes is away or is not served here. Nothing follows from
 * that, neither that a step happened nor that it did not: whoever asked asks again later.
 */
public final class FencesUnknown extends Exception {

    private static final long serialVersionUID = 1;

    public FencesUnknown(WorkflowId run, String found) {
        super("cannot tell the fences of " + run + ": " + found
                + " (expected: every database that it changes answers)");
    }
}
