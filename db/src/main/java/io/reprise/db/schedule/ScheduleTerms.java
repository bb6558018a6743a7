package io.reprise.db.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * When a pipeline runs by itself, as its catalog says.
 *
 * @param startAt nothing before it is due
 * @param jitter a start is put off by up to so much
 */
public record ScheduleTerms(
        String pipeline, String cron, ZoneId zone, Instant startAt, Missed missed, Duration jitter) {

    public ScheduleTerms {
        if (jitter.isNegative()) {
            throw new IllegalArgumentException(
                    "cannot put off the starts of " + pipeline + " by " + jitter + " (expected: nothing or more)");
        }
    }
}
