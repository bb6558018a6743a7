package io.reprise.activities.backfill;

import io.reprise.activities.schedule.SlotAcceptance;
import io.reprise.activities.schedule.SlotStandings;
import io.reprise.catalog.pipeline.BadParameters;
import io.reprise.catalog.schedule.BadSlot;
import io.reprise.db.backfill.Backfill;
import io.reprise.db.backfill.BackfillSlot;
import io.reprise.db.backfill.BackfillSlots;
import io.reprise.db.backfill.SlotState;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.Runs;
import io.reprise.workflows.backfill.Policy;
import io.reprise.workflows.backfill.SlotChoice;
import io.reprise.workflows.run.Forward;
import java.util.Optional;

/** Settles and starts the slots of backfills. Before a slot is started, it is looked at once more: others run slots, too. */
public final class SlotRounds {

    private static final int MOST_AT_ONCE = 500;

    private final BackfillSlots slots;
    private final Runs runs;
    private final BackfillRequests requests;
    private final SlotAcceptance acceptance;

    public SlotRounds(BackfillSlots slots, Runs runs, BackfillRequests requests, SlotAcceptance acceptance) {
        this.slots = slots;
        this.runs = runs;
        this.requests = requests;
        this.acceptance = acceptance;
    }

    /** Notes the ends of runs. */
    SlotRound settle(Backfill backfill) {
        int open = 0;
        boolean moved = false;
        for (BackfillSlot slot : slots.running(backfill.backfillId(), MOST_AT_ONCE)) {
            Optional<Run> run = slot.runId().flatMap(runs::byId);
            if (run.isPresent() && !run.get().isEnded()) {
                open++;
                continue;
            }
            moved |= run.map(it -> ended(backfill, slot, it))
                    .orElseGet(() -> end(backfill, slot, SlotState.FAILED, "the ledger knows its run no more"));
        }
        return SlotRound.goesOn(open, moved);
    }

    private boolean ended(Backfill backfill, BackfillSlot slot, Run run) {
        return switch (run.word()) {
            case SUCCEEDED -> slots.ended(backfill.backfillId(), slot.slot(), SlotState.DONE, Optional.empty());
            case CANCELLED -> end(backfill, slot, SlotState.CANCELLED, "its run was cancelled");
            case QUEUED, RUNNING, WAITING, STUCK, UNDOING, PARTLY_UNDONE, UNDONE, FAILED, SKIPPED ->
                end(backfill, slot, SlotState.FAILED, failure(run));
        };
    }

    private static String failure(Run run) {
        return run.word().text() + ": "
                + run.failure().or(run::reason).orElse("no reason is known")
                + " (run " + run.ref().runId() + ")";
    }

    /** Starts as many of the next slots as may run beside those that are open. */
    SlotRound startNext(Backfill backfill) {
        int open = slots.running(backfill.backfillId(), MOST_AT_ONCE).size();
        int free = Math.min(MOST_AT_ONCE, backfill.parallel()) - open;
        boolean moved = false;
        if (free > 0) {
            for (BackfillSlot next : slots.next(backfill.backfillId(), free)) {
                if (!slots.isStillToStart(backfill.backfillId(), next.slot())) {
                    return SlotRound.goesOn(open, moved);
                }
                moved = true;
                open += start(backfill, next) ? 1 : 0;
            }
        }
        return SlotRound.goesOn(open, moved);
    }

    /** Answers whether a run is open for it now. */
    private boolean start(Backfill backfill, BackfillSlot slot) {
        try {
            BackfillRequests.Wanted wanted = requests.of(backfill, slot.slot());
            Optional<Run> newest = acceptance.newest(wanted.request());
            if (newest.isPresent() && isOfThisTurn(backfill, slot, newest.get())) {
                return slots.started(
                        backfill.backfillId(), slot.slot(), newest.get().ref().runId());
            }
            SlotChoice choice = SlotChoice.by(policy(backfill, slot), newest.map(SlotStandings::of));
            if (!choice.run()) {
                end(backfill, slot, SlotState.SKIPPED, choice.why());
                return false;
            }
            Optional<Run> unfinished = newest.filter(run -> isToBeFinished(backfill, slot, run));
            RunRef run = unfinished.isPresent()
                    ? acceptance.acceptRest(
                            wanted.request(), wanted.hash(), unfinished.get(), BackfillRequests.source(backfill))
                    : acceptance.accept(
                            wanted.request(), wanted.hash(), choice.generation(), BackfillRequests.source(backfill));
            return slots.started(backfill.backfillId(), slot.slot(), run.runId());
        } catch (BadSlot
                | BadParameters
                | BackfillRequests.NoDefinition
                | SlotAcceptance.Standing
                | IllegalArgumentException cannot) {
            end(backfill, slot, SlotState.FAILED, String.valueOf(cannot.getMessage()));
            return false;
        }
    }

    /** Whoever was lost between the acceptance of a run and the note of it left this. */
    private static boolean isOfThisTurn(Backfill backfill, BackfillSlot slot, Run newest) {
        return newest.source().equals(BackfillRequests.source(backfill))
                && !slot.runId().equals(Optional.of(newest.ref().runId()));
    }

    /** Whoever asks for all slots asks for all of each, unless the slot began in this backfill. */
    private static boolean isToBeFinished(Backfill backfill, BackfillSlot slot, Run newest) {
        return newest.forward() != Forward.SUCCEEDED
                && (backfill.policy() != Policy.ALL || slot.runId().isPresent());
    }

    /** A slot that failed here and was resumed is run again, whatever the policy for what others had done. */
    private static Policy policy(Backfill backfill, BackfillSlot slot) {
        boolean resumed = slot.runId().isPresent();
        return resumed && backfill.policy() == Policy.NONE ? Policy.FAILED : backfill.policy();
    }

    boolean hasPlanned(Backfill backfill) {
        return !slots.next(backfill.backfillId(), 1).isEmpty();
    }

    void cancelPlanned(Backfill backfill) {
        slots.cancelPlanned(backfill.backfillId());
    }

    private boolean end(Backfill backfill, BackfillSlot slot, SlotState state, String why) {
        return slots.ended(backfill.backfillId(), slot.slot(), state, Optional.of(why));
    }
}
