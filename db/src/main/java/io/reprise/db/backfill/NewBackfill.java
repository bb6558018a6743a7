package io.reprise.db.backfill;

import io.reprise.workflows.backfill.Policy;
import java.util.List;
import java.util.Optional;

/**
 * A backfill that somebody asks for.
 *
 * @param fromSlot the first slot, and {@code toSlot} the last: both are part of it
 * @param parallel how many of its runs may be open at once
 * @param definition hash, where all runs are made from one definition
 * @param parameters JSON object: what all runs are given
 * @param steps only these; all of them where it is empty
 */
public record NewBackfill(
        String pipeline,
        String fromSlot,
        String toSlot,
        Policy policy,
        SlotOrder order,
        int parallel,
        DefinitionRule definitionRule,
        Optional<String> definition,
        String parameters,
        List<String> steps,
        String createdBy) {

    public NewBackfill {
        steps = List.copyOf(steps);
        if (fromSlot.compareTo(toSlot) > 0) {
            throw new IllegalArgumentException("cannot backfill " + pipeline + " from " + fromSlot + " to " + toSlot
                    + " (expected: the first slot, then the last)");
        }
        if (parallel < 1) {
            throw new IllegalArgumentException(
                    "cannot backfill " + pipeline + " with " + parallel + " runs at once (expected: 1 or more)");
        }
    }
}
