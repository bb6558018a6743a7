package io.reprise.activities.saga;

/** What a committed fence row says of its step. */
public enum FenceState {
    /** Inside the step's transaction only; seen from outside, something committed early. */
    RUNNING,
    DONE,
    /** The undo came first. */
    FENCED,
    COMPENSATED
}
