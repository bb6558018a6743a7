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

    /** Whether these would be a storm with what was buried within the minute; then answers so in words. */
    Optional<String> judge(long moreRecords, long moreDead) {
        roll();
        long all = records + moreRecords;
        long bad = dead + moreDead;
        if (moreDead == 0 || isCalm() || all < rule.least() || bad * 100 <= all * rule.percent()) {
            return Optional.empty();
        }
        return Optional.of(bad + " of " + all + " records within a minute cannot be loaded, more than " + rule.percent()
                + " %. " + (dead == 0 ? "None" : "So far " + dead) + " of them became dead letters");
    }

    /** They are accounted for. What somebody let through counts for nothing. */
    void count(long moreRecords, long moreDead) {
        roll();
        if (!isCalm()) {
            records += moreRecords;
            dead += moreDead;
        }
    }

    private boolean isCalm() {
        return clock.instant().isBefore(calmUntil);
    }

    private void roll() {
        Instant now = clock.instant();
        if (Duration.between(since, now).compareTo(WINDOW) > 0) {
            since = now;
            records = 0;
            dead = 0;
        }
    }
}
