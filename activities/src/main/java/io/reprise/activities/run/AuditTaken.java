package io.reprise.activities.run;

/** An audit was silent for longer than its lease, and belongs to another worker now. */
final class AuditTaken extends RuntimeException {

    private static final long serialVersionUID = 1;

    AuditTaken(String reportId, String holder) {
        super("cannot go on with audit " + reportId + ": it is no longer held by " + holder
                + " (expected: word of it within its lease)");
    }
}
