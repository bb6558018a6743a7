package io.reprise.db.run;

import java.time.Instant;
import java.util.Optional;

/** An audit that somebody asked for, and how far it got. */
public record AuditReport(
        String reportId,
        Kind kind,
        State state,
        String requestedBy,
        Instant requestedAt,
        Optional<Instant> endedAt,
        long checked,
        long disagreements,
        Optional<String> error) {

    /** What is compared: fences, ledger and Temporal; or orders with their event log. */
    public enum Kind {
        ALL("all"),
        ORDERS("orders");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        static Kind of(String word) {
            return word.equals(ALL.word) ? ALL : ORDERS;
        }
    }

    public enum State {
        REQUESTED,
        RUNNING,
        DONE,
        FAILED
    }
}
