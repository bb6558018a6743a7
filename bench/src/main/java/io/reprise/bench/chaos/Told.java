package io.reprise.bench.chaos;

/** What a caller was told about an accepted order. */
record Told(PlannedOrder order, CancelAnswer cancel) {

    /** What became of a request to cancel. */
    enum CancelAnswer {
        NOT_ASKED,
        ACCEPTED,
        /** The run had ended, or could no longer be undone. */
        TOO_LATE,
        /** No answer that says anything: the api died, or did not know the order yet. */
        UNCLEAR
    }
}
