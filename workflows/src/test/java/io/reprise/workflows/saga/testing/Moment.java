package io.reprise.workflows.saga.testing;

/** When something happens to a step: on either side of the commit of its effect, or of its undo's. */
public enum Moment {
    BEFORE,
    AFTER,
    UNDO_BEFORE,
    UNDO_AFTER
}
