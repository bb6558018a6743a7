package io.reprise.workflows.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackfillRunTest {

    @Test
    void isDrivenUntilItHasEnded() {
        try (ScriptedBackfill backfill =
                new ScriptedBackfill(turn -> turn < 3 ? BackfillTurn.GOES_ON : BackfillTurn.ENDED)) {

            assertThat(backfill.drive()).isEqualTo(BackfillTurn.ENDED);

            assertThat(backfill.turns()).isEqualTo(3);
        }
    }

    @Test
    void isDrivenNoMoreWhileItIsPaused() {
        try (ScriptedBackfill backfill = new ScriptedBackfill(turn -> BackfillTurn.PAUSED)) {

            assertThat(backfill.drive()).isEqualTo(BackfillTurn.PAUSED);

            assertThat(backfill.turns()).isEqualTo(1);
        }
    }

    @Test
    void aTurnThatFailsIsTakenAgain() {
        try (ScriptedBackfill backfill = new ScriptedBackfill(turn -> {
            if (turn < 4) {
                throw new IllegalStateException("the ledger is away");
            }
            return BackfillTurn.ENDED;
        })) {

            assertThat(backfill.drive()).isEqualTo(BackfillTurn.ENDED);

            assertThat(backfill.turns()).isEqualTo(4);
        }
    }

    @Test
    void itsHistoryIsCutOffLongBeforeItGrowsLarge() {
        int all = BackfillRun.MOST_TURNS * 2 + 50;
        try (ScriptedBackfill backfill =
                new ScriptedBackfill(turn -> turn < all ? BackfillTurn.GOES_ON : BackfillTurn.ENDED)) {

            assertThat(backfill.drive()).isEqualTo(BackfillTurn.ENDED);

            assertThat(backfill.turns()).isEqualTo(all);
            assertThat(backfill.firstHistory().getEvents()).hasSizeLessThan(2_000);
            assertThat(backfill.history().getEvents()).hasSizeLessThan(500);
        }
    }
}
