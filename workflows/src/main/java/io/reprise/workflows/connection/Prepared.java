package io.reprise.workflows.connection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection after it was prepared.
 *
 * @param server product and version
 * @param ddl what had to be run for the kit; empty where it was there
 * @param guarantee {@code fenced} or {@code at-least-once}; null where it was not probed
 * @param findings what a probe tried and found, in words
 */
public record Prepared(
        String connection,
        String server,
        List<String> ddl,
        @Nullable String guarantee,
        List<String> findings) {

    public Prepared {
        ddl = List.copyOf(ddl);
        findings = List.copyOf(findings);
    }
}
