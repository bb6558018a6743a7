package io.reprise.db.trigger;

import io.reprise.db.run.Accepted;
import java.util.List;
import java.util.OptionalLong;

/** What became of a batch: all of it is in the ledger, or nothing is. */
public sealed interface BatchAccepted {

    /**
     * Every record is a run, a dead letter or passed, and the position stands after them.
     *
     * @param runs what became of the records that asked for a run, in their order; a conflict is a dead letter now
     */
    record Taken(List<Accepted> runs, int deadLetters) implements BatchAccepted {
        public Taken {
            runs = List.copyOf(runs);
        }
    }

    /**
     * The position is elsewhere: the batch was delivered again, or another consumer has the partition now.
     *
     * @param position where to go on reading, if the trigger has ever been here
     */
    record Stale(OptionalLong position) implements BatchAccepted {}

    /** The ledger was restored from a backup and takes nothing new until that is accepted. */
    record LedgerRestored(long highWater, long mark) implements BatchAccepted {}
}
