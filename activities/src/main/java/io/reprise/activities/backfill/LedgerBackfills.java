package io.reprise.activities.backfill;

import io.reprise.db.backfill.Backfill;
import io.reprise.db.backfill.BackfillState;
import io.reprise.db.backfill.Backfills;
import io.reprise.workflows.backfill.BackfillSteps;
import io.reprise.workflows.backfill.BackfillTurn;
import io.temporal.activity.Activity;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Drives backfills in turns of up to a minute. */
public final class LedgerBackfills implements BackfillSteps {

    private static final Duration TURN = Duration.ofMinutes(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration SHORTEST_REST = Duration.ofMillis(20);
    private static final Duration LONGEST_REST = Duration.ofMillis(500);

    private final Backfills backfills;
    private final SlotRounds rounds;

    public LedgerBackfills(Backfills backfills, SlotRounds rounds) {
        this.backfills = backfills;
        this.rounds = rounds;
    }

    @Override
    public BackfillTurn advance(String backfillId) {
        long end = System.nanoTime() + TURN.toNanos();
        long nextHeartbeat = System.nanoTime();
        Duration rest = SHORTEST_REST;
        while (System.nanoTime() < end) {
            if (System.nanoTime() >= nextHeartbeat) {
                Activity.getExecutionContext().heartbeat(null);
                nextHeartbeat = System.nanoTime() + HEARTBEAT.toNanos();
            }
            SlotRound round = round(backfillId);
            if (round.turn() != BackfillTurn.GOES_ON) {
                return round.turn();
            }
            rest = round.moved() ? SHORTEST_REST : longer(rest);
            rest(rest);
        }
        return BackfillTurn.GOES_ON;
    }

    /** One look at a backfill: what can be done at once is done. */
    SlotRound round(String backfillId) {
        Optional<Backfill> found = backfills.byId(backfillId);
        if (found.isEmpty()) {
            return SlotRound.over(BackfillTurn.ENDED);
        }
        Backfill backfill = found.get();
        return switch (backfill.state()) {
            case RUNNING -> goOn(backfill);
            case PAUSED -> settleOnly(backfill, BackfillTurn.PAUSED);
            case CANCELLED -> cancelRest(backfill);
            case DONE -> settleOnly(backfill, BackfillTurn.ENDED);
        };
    }

    private SlotRound goOn(Backfill backfill) {
        SlotRound round = rounds.settle(backfill).and(rounds.startNext(backfill));
        if (round.open() > 0 || round.moved()) {
            return round;
        }
        backfills.move(backfill.backfillId(), Set.of(BackfillState.RUNNING), BackfillState.DONE, Optional.empty());
        if (rounds.hasPlanned(backfill)) {
            // Somebody planned what failed once more, just now.
            backfills.move(backfill.backfillId(), Set.of(BackfillState.DONE), BackfillState.RUNNING, Optional.empty());
        }
        return round;
    }

    private SlotRound settleOnly(Backfill backfill, BackfillTurn then) {
        SlotRound round = rounds.settle(backfill);
        return round.open() > 0 ? round : SlotRound.over(then);
    }

    private SlotRound cancelRest(Backfill backfill) {
        rounds.cancelPlanned(backfill);
        return settleOnly(backfill, BackfillTurn.ENDED);
    }

    private static Duration longer(Duration rest) {
        Duration twice = rest.multipliedBy(2);
        return twice.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : twice;
    }

    private static void rest(Duration rest) {
        try {
            Thread.sleep(rest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in a turn of a backfill; the next one goes on", e);
        }
    }
}
