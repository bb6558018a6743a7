package io.reprise.activities.saga;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Fenced steps outside of Temporal: every call is a new attempt with thirty seconds. */
public final class TestSteps {

    private TestSteps() {}

    public static FencedSteps on(DataSource database, LedgerEntries ledger) {
        AtomicInteger attempts = new AtomicInteger();
        return new FencedSteps(
                database,
                new PostgresFence(),
                ledger,
                () -> new Attempt(
                        attempts.incrementAndGet(), false, "", "worker-1", System.nanoTime(), Duration.ofSeconds(30)),
                Clock.systemUTC());
    }

    public static LedgerEntries noLedger() {
        return new RecordedLedger();
    }
}
