package io.reprise.workflows.saga;

/** What an undo found at the fence. */
public enum Undone {
    /** The step had not happened and now never can. */
    FENCED,
    /** The step had happened and was undone, now or by an earlier attempt. */
    COMPENSATED,
    /** The step has happened and cannot be undone: the answer to an attempt to fence a pivot that is done. */
    TOO_LATE
}
