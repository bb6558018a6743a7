package io.reprise.db.deadletter;

import io.reprise.db.run.Accepted;

/** What became of an operator's decision about a dead letter. */
public sealed interface Resolved {

    /** It became a run, or turned out to be one already. */
    record Replayed(DeadLetter letter, Accepted accepted) implements Resolved {}

    record Discarded(DeadLetter letter) implements Resolved {}

    /** It stays open: the run could not be accepted. */
    record StillOpen(DeadLetter letter, Accepted accepted) implements Resolved {}

    /** Somebody had decided before. */
    record NotOpen(DeadLetter letter) implements Resolved {}

    record NotFound(String deadLetterId) implements Resolved {}
}
