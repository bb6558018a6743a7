package io.reprise.api.schedule;

import io.reprise.db.run.Run;

/**
 * The run of a slot that somebody asked for.
 *
 * @param started whether it is new
 * @param words what became of the wish
 */
public record TriggeredSlot(String slot, String runId, String workflowId, String state, boolean started, String words) {

    static TriggeredSlot started(Run run) {
        return of(run, true, "started");
    }

    static TriggeredSlot known(Run run) {
        return of(
                run,
                false,
                "its slot has a run already, which is left as it is (to run it again: reprise run retry, or reprise"
                        + " backfill start --policy all)");
    }

    private static TriggeredSlot of(Run run, boolean started, String words) {
        return new TriggeredSlot(
                run.slot().orElse(""),
                run.ref().runId(),
                run.ref().workflowId().value(),
                run.word().text(),
                started,
                words);
    }
}
