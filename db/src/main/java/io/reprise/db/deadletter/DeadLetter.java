package io.reprise.db.deadletter;

import java.time.Instant;
import java.util.Optional;

/** A record that could not become a run, and what became of it since. */
public record DeadLetter(
        String deadLetterId,
        long seq,
        String trigger,
        SourceRecord record,
        Cause cause,
        Status status,
        int attempts,
        Optional<String> reason,
        Optional<String> runId,
        Instant createdAt,
        Optional<Instant> resolvedAt,
        Optional<String> resolvedBy) {

    public enum Status {
        OPEN,
        REPLAYED,
        DISCARDED
    }
}
