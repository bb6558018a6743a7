package io.reprise.activities.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Counts what a stream buries within a minute. */
final class StormWatch {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final StormRule rule;
    private final Instant calmUntil;
    private final Clock clock;
    private Instant since;
    private long records;
    private long dead;

    StormWatch(StormRule rule, Instant calmUntil, Clock clock) {
        this.rule = rule;
        this.calmUntil = calmUntil;
        this.clock = clock;
        this.since = clock.instant();
    }

    /** Counts these, unless they are one storm with what was counted before; then answers so in words. */
    Optional<String> count(long moreRecords, long moreDead) {
        Instant now = clock.instant();
        if (Duration.between(since, now).compareTo(WINDOW) > 0) {
            since = now;
            records = 0;
            dead = 0;
        }
        long all = records + moreRecords;
        long bad = dead + moreDead;
        if (moreDead > 0 && !now.isBefore(calmUntil) && all >= rule.least() && bad * 100 > all * rule.percent()) {
            return Optional.of(bad + " of " + all + " records within a minute cannot be loaded, more than "
                    + rule.percent() + " %");
        }
        records = all;
        dead = bad;
        return Optional.empty();
    }
}
