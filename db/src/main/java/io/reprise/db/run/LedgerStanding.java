package io.reprise.db.run;

import java.time.Instant;

/** Whether the ledger may accept runs. */
public sealed interface LedgerStanding {

    long highWater();

    record Current(long highWater) implements LedgerStanding {}

    /** Behind a mark that a kit holds: it was restored from an older backup. */
    record Restored(long highWater, long mark, Instant noticedAt) implements LedgerStanding {}
}
