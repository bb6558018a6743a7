package io.reprise.db.backfill;

import io.reprise.workflows.backfill.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A backfill as the ledger shows it.
 *
 * @param reason why it was paused or cancelled
 */
public record Backfill(
        String backfillId,
        long seq,
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
        BackfillState state,
        Optional<String> reason,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> endedAt) {

    public Backfill {
        steps = List.copyOf(steps);
    }
}
