package io.reprise.activities.schedule;

import io.reprise.db.run.Run;
import io.reprise.workflows.backfill.Policy;
import io.reprise.workflows.backfill.SlotChoice;
import io.reprise.workflows.run.RunWord;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * What is done about a slot of a pipeline that runs after others.
 *
 * @param generation of its run, where it is run
 * @param settled whether nothing more follows from the runs of the others that were looked at
 */
record FollowChoice(boolean run, int generation, boolean settled) {

    private static final FollowChoice NOTHING = new FollowChoice(false, 0, true);
    private static final FollowChoice LATER = new FollowChoice(false, 0, false);

    /**
     * By the newest runs of the same slot.
     *
     * @param followed of the others, at least one of each
     */
    static FollowChoice by(Collection<Run> followed, Optional<Run> own) {
        if (!followed.stream().allMatch(it -> it.word() == RunWord.SUCCEEDED)) {
            return NOTHING;
        }
        if (own.isEmpty()) {
            return new FollowChoice(true, 1, true);
        }
        boolean restated = followed.stream()
                .map(it -> it.endedAt().orElse(Instant.MIN))
                .anyMatch(ended -> ended.isAfter(own.get().acceptedAt()));
        if (!restated) {
            return NOTHING;
        }
        SlotChoice choice = SlotChoice.by(Policy.ALL, own.map(SlotStandings::of));
        if (choice.run()) {
            return new FollowChoice(true, choice.generation(), true);
        }
        return isOpen(own.get()) ? LATER : NOTHING;
    }

    /** One that waits for a person is that person's to run again. */
    private static boolean isOpen(Run own) {
        return switch (own.word()) {
            case QUEUED, RUNNING, WAITING, UNDOING -> true;
            case STUCK, PARTLY_UNDONE, UNDONE, SUCCEEDED, FAILED, CANCELLED, SKIPPED -> false;
        };
    }
}
