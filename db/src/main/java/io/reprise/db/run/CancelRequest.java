package io.reprise.db.run;

/** What became of the wish to cancel a run. */
public sealed interface CancelRequest {

    /** Nobody had tried to start it: it ended CANCELLED and Temporal never hears of it. */
    record ClosedUnstarted(Run run) implements CancelRequest {}

    /** It may be under way: tell Temporal too. If it is still QUEUED, the starter does. */
    record Noted(Run run) implements CancelRequest {}

    record AlreadyEnded(Run run) implements CancelRequest {}

    record NotFound(String runId) implements CancelRequest {}
}
