package io.reprise.db.connection;

import java.time.Instant;
import java.util.List;

/**
 * What a probe found out about a connection.
 *
 * @param definition hash of the definition that was probed: it says nothing of another one
 * @param guarantee {@code fenced}, {@code idempotent} or {@code at-least-once}
 * @param server product and version
 * @param findings JSON array: what was tried and what was found, an object each
 */
public record ConnectionProbe(
        String connection,
        String definition,
        String guarantee,
        String server,
        Instant probedAt,
        String probedBy,
        String findings) {

    public static final List<String> GUARANTEES = List.of("fenced", "idempotent", "at-least-once");

    public ConnectionProbe {
        if (!GUARANTEES.contains(guarantee)) {
            throw new IllegalArgumentException("cannot keep the guarantee '" + guarantee + "' of connection "
                    + connection + " (expected: one of " + GUARANTEES + ")");
        }
    }
}
