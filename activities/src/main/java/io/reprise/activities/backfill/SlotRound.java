package io.reprise.activities.backfill;

import io.reprise.workflows.backfill.BackfillTurn;

/**
 * What came of one look at a backfill.
 *
 * @param open slots whose runs have not ended
 * @param moved whether any slot came further
 */
record SlotRound(BackfillTurn turn, int open, boolean moved) {

    static SlotRound goesOn(int open, boolean moved) {
        return new SlotRound(BackfillTurn.GOES_ON, open, moved);
    }

    static SlotRound over(BackfillTurn turn) {
        return new SlotRound(turn, 0, false);
    }

    SlotRound and(SlotRound next) {
        return new SlotRound(next.turn, next.open, moved || next.moved);
    }
}
