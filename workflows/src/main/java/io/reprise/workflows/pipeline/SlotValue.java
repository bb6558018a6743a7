package io.reprise.workflows.pipeline;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The piece of time that a run stands for: half-open, in its zone, computed once.
 *
 * @param name as it stands in workflow ids, such as {@code 2026-11-19}
 */
public record SlotValue(String name, SlotKind kind, ZoneId zone, Instant start, Instant end) {

    public SlotValue {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("cannot take " + start + " to " + end + " as slot '" + name
                    + "' (expected: a start before its end)");
        }
    }

    /** The day on which it begins, in its zone. */
    public LocalDate day() {
        return start.atZone(zone).toLocalDate();
    }
}
