package io.reprise.activities.stream;

import io.reprise.activities.contract.SchemaReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long schemas that nobody knows have been waited for: each by itself, since a record was first met that names it. */
final class UnknownSchemas {

    private static final int MOST = 10_000;

    private final Duration patience;
    private final Clock clock;
    private final Map<SchemaReference, Instant> metAt = new LinkedHashMap<>();

    UnknownSchemas(Duration patience, Clock clock) {
        this.patience = patience;
        this.clock = clock;
    }

    /** From now on it is waited for, unless it is already. */
    void meet(SchemaReference schema) {
        metAt.putIfAbsent(schema, clock.instant());
        if (metAt.size() > MOST) {
            metAt.remove(metAt.keySet().iterator().next());
        }
    }

    boolean mayGiveUp(SchemaReference schema) {
        meet(schema);
        return !clock.instant().isBefore(metAt.getOrDefault(schema, Instant.MIN).plus(patience));
    }

    void found(SchemaReference schema) {
        metAt.remove(schema);
    }
}
