package io.reprise.db.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.exception.DataAccessException;

/** The counts of runs, a few seconds old at most: those who watch ask for each of them, and often. */
public final class RecentRunCounts implements Supplier<Optional<RunCounts>> {

    private static final Duration RECENT = Duration.ofSeconds(5);

    private final Runs runs;
    private final Clock clock;
    private Instant asked = Instant.MIN;
    private Optional<RunCounts> counts = Optional.empty();

    public RecentRunCounts(Runs runs, Clock clock) {
        this.runs = runs;
        this.clock = clock;
    }

    /** Empty while the ledger does not answer. */
    @Override
    public synchronized Optional<RunCounts> get() {
        Instant now = clock.instant();
        if (now.minus(RECENT).isAfter(asked)) {
            counts = ask();
            asked = now;
        }
        return counts;
    }

    private Optional<RunCounts> ask() {
        try {
            return Optional.of(runs.counts());
        } catch (DataAccessException away) {
            return Optional.empty();
        }
    }
}
