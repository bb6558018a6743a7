package io.reprise.db.backfill;

import java.time.Instant;
import java.util.Optional;

/**
 * A slot of a backfill.
 *
 * @param place counts from 1, in the order in which slots are run
 */
public record BackfillSlot(
        String slot,
        int place,
        String why,
        SlotState state,
        Optional<String> runId,
        Optional<String> error,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt) {}
