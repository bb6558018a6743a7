package io.reprise.db.pipeline;

import java.time.Instant;
import java.util.Optional;

/** From when to when a name had a definition; the current one was not removed. */
public record AppliedDefinition(
        long seq,
        String kind,
        String name,
        String hash,
        Instant appliedAt,
        String appliedBy,
        Optional<Instant> removedAt,
        Optional<String> removedBy) {

    public boolean isCurrent() {
        return removedAt.isEmpty();
    }
}
