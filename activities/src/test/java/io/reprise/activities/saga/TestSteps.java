package io.reprise.activities.saga;

import io.reprise.catalog.sql.SqlDialect;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Fenced steps outside of Temporal: every call is a new attempt, with thirty seconds unless said. */
public final class TestSteps {

    private TestSteps() {}

    public static FencedSteps on(DataSource database, LedgerEntries ledger) {
        return on(SqlDialect.POSTGRESQL, database, ledger);
    }

    public static FencedSteps on(SqlDialect dialect, DataSource database, LedgerEntries ledger) {
        return on(dialect, database, ledger, Duration.ofSeconds(30));
    }

    public static FencedSteps on(SqlDialect dialect, DataSource database, LedgerEntries ledger, Duration limit) {
        AtomicInteger attempts = new AtomicInteger();
        return new FencedSteps(
                database::getConnection,
                FenceDialect.of(dialect, Clock.systemUTC()),
                ledger,
                () -> new Attempt(attempts.incrementAndGet(), false, "", "worker-1", System.nanoTime(), limit),
                Clock.systemUTC());
    }

    public static LedgerEntries noLedger() {
        return new RecordedLedger();
    }
}
