package io.reprise.workflows.saga.testing;

/**
 * The server in memory handed out a workflow task and never timed it out. It does so where an activity ends in the instant
 * in which its cancel is asked for, refuses the answer to the task with ACTIVITY_UNKNOWN, and forgets the task; and where
 * the worker that asked for a task dies while it is handed out.
 */
final class TaskLost extends RuntimeException {

    private static final long serialVersionUID = 1;

    TaskLost(Throwable cause) {
        super("the server in memory lost a workflow task", cause);
    }
}
