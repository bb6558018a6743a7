package io.reprise.api.run;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.db.run.KitMarks;
import io.reprise.db.run.LedgerMark;
import io.reprise.db.run.LedgerStanding;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices without any worker that the ledger was restored from an older backup: the kit in another database still holds how
 * far it had got. Nothing new is accepted before they were compared once; what cannot be asked later is asked again.
 */
public final class RestoreWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RestoreWatch.class);
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final LedgerMark ledger;
    private final HikariDataSource changed;
    private final KitMarks kit;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("restore-watch").factory());
    private volatile boolean compared;
    private volatile String trouble = "";

    private RestoreWatch(LedgerMark ledger, HikariDataSource changed) {
        this.ledger = ledger;
        this.changed = changed;
        this.kit = new KitMarks(changed);
    }

    /**
     * Looks once before it returns, and then each second.
     *
     * @param changed a database apart from the ledger's; it is closed with the watch
     */
    public static RestoreWatch start(LedgerMark ledger, HikariDataSource changed) {
        RestoreWatch watch = new RestoreWatch(ledger, changed);
        watch.look();
        ScheduledFuture<?> _ = watch.looks.scheduleWithFixedDelay(
                watch::look, BETWEEN.toMillis(), BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Refuses what would start anything new while it is not known whether the ledger remembers all. */
    public void requireCompared() {
        if (!compared) {
            throw Refused.because(
                    ProblemType.LEDGER_UNAVAILABLE,
                    trouble + " (expected, once after the api's start: an answer that tells whether the ledger was"
                            + " restored from an older backup)");
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
        changed.close();
    }

    private void look() {
        try {
            long mark = kit.of(ledger.ledgerId());
            LedgerStanding standing = ledger.compare(mark);
            compared = true;
            say(standing instanceof LedgerStanding.Restored ? "the ledger was restored: " + standing : "");
        } catch (SQLException | DataAccessException e) {
            say("cannot compare the ledger with the mark in " + changed.getPoolName() + ": " + e.getMessage());
        }
    }

    private void say(String now) {
        if (!now.isEmpty() && trouble.isEmpty()) {
            log.warn("{}", now);
        }
        trouble = now;
    }
}
