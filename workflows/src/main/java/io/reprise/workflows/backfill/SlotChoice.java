package io.reprise.workflows.backfill;

import java.util.Locale;
import java.util.Optional;

/**
 * What a backfill does about a slot.
 *
 * @param run whether it is run, or left as it is
 * @param generation of its run, where it is run
 * @param why what the ledger has of it, and what follows from that, in words
 */
public record SlotChoice(boolean run, int generation, String why) {

    /** By what the ledger has of the slot. A slot whose run is open, or waits for a person, is never run beside it. */
    public static SlotChoice by(Policy policy, Optional<SlotStanding> newest) {
        return newest.map(standing -> by(policy, standing)).orElse(new SlotChoice(true, 1, "no run yet"));
    }

    private static SlotChoice by(Policy policy, SlotStanding newest) {
        return switch (newest.word()) {
            case QUEUED, RUNNING, WAITING -> leave(newest, "and is not started twice");
            case UNDOING -> leave(newest, "and is not run beside its undo");
            case STUCK -> leave(newest, "and waits for an operator");
            case PARTLY_UNDONE -> leave(newest, "and is not run on what is left: retry it with --accept-partial");
            case SUCCEEDED -> policy == Policy.ALL ? again(newest) : leaveBy(policy, newest);
            case FAILED, CANCELLED, SKIPPED, UNDONE -> policy == Policy.NONE ? leaveBy(policy, newest) : again(newest);
        };
    }

    private static SlotChoice again(SlotStanding newest) {
        int next = newest.workflowId().generation() + 1;
        return new SlotChoice(true, next, found(newest) + ", and is run again as generation " + next);
    }

    private static SlotChoice leaveBy(Policy policy, SlotStanding newest) {
        return leave(newest, "and is left by policy " + policy.word());
    }

    private static SlotChoice leave(SlotStanding newest, String why) {
        return new SlotChoice(false, newest.workflowId().generation(), found(newest) + ", " + why);
    }

    private static String found(SlotStanding newest) {
        return newest.word().text().toLowerCase(Locale.ROOT) + " as run " + newest.runId();
    }
}
