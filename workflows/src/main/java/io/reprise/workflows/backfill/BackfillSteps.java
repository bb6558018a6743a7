package io.reprise.workflows.backfill;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Moves backfills on in the ledger. */
@ActivityInterface
public interface BackfillSteps {

    /** Settles runs that ended and has the next ones accepted, for up to a minute. Heartbeats. */
    @ActivityMethod(name = "Backfill.advance")
    BackfillTurn advance(String backfillId);
}
