package io.reprise.db.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * A schedule as the ledger shows it.
 *
 * @param checkedUntil whatever was due before it is accounted for; empty until somebody looked
 * @param lateCheckedAt when the inputs of past slots were last compared
 * @param refused why the Temporal server that runs now does not fire it
 */
public record Schedule(
        ScheduleTerms terms,
        Optional<Pause> pause,
        Optional<Instant> checkedUntil,
        Optional<LastSlot> last,
        Optional<Instant> lateCheckedAt,
        Optional<String> refused) {

    /** Why nothing is started by itself. */
    public record Pause(String reason, String by, Instant since) {}

    /** The slot that was started last, whether by the clock or by hand. */
    public record LastSlot(String slot, String runId, Instant startedAt) {}

    public String pipeline() {
        return terms.pipeline();
    }
}
