package io.reprise.activities.saga;

import io.reprise.workflows.run.WorkflowId;

/**
 * The fences of a run cannot be told now, since a database that it changes is away or is not served here. Nothing follows from
 * that, neither that a step happened nor that it did not: whoever asked asks again later.
 */
public final class FencesUnknown extends Exception {

    private static final long serialVersionUID = 1;

    private final String database;
    private final String found;

    /**
     * Says where they may be.
     *
     * @param database for people, such as {@code connection warehouse}
     * @param found of that database
     */
    public FencesUnknown(WorkflowId run, String database, String found) {
        super("cannot tell the fences of " + run + ": of " + database + ", " + found
                + " (expected: every database that it changes answers)");
        this.database = database;
        this.found = found;
    }

    public String database() {
        return database;
    }

    public String found() {
        return found;
    }
}
