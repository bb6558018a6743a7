package io.reprise.worker.run;

import io.reprise.db.Ledger;
import io.reprise.db.run.KitMarks;
import io.reprise.db.run.LedgerStanding;
import io.reprise.worker.shared.Every;
import io.reprise.worker.shared.Rounds;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledger in order: copies its high-water mark beside the data each second, makes partitions before they are
 * needed, drops what is past retention, with its fences some time later, and forgets old keys and settled matters.
 */
public final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration MARK = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final List<KitMarks> kits;
    private final FenceRetention fences;
    private final Retention retention;
    private final Clock clock;
    private final Every tidying = new Every(Duration.ofHours(1));
    private final Rounds rounds;
    private boolean restored;

    /**
     * How long what is kept.
     *
     * @param runs the ledger's days and months, to whole days
     * @param settled resolved dead letters, ended audits and what operators decided
     */
    public record Retention(Duration runs, Duration settled) {

        /** The oldest day whose runs are kept. */
        public LocalDate firstKept(Clock clock) {
            return today(clock).minusDays(runs.toDays());
        }
    }

    private Housekeeping(Ledger ledger, List<KitMarks> kits, FenceRetention fences, Retention retention, Clock clock) {
        this.ledger = ledger;
        this.kits = List.copyOf(kits);
        this.fences = fences;
        this.retention = retention;
        this.clock = clock;
        this.rounds = Rounds.start("housekeeping", Duration.ofSeconds(3), this::round);
    }

    public static Housekeeping start(
            Ledger ledger, List<KitMarks> kits, FenceRetention fences, Retention retention, Clock clock) {
        return new Housekeeping(ledger, kits, fences, retention, clock);
    }

    @Override
    public void close() {
        rounds.close();
    }

    private Duration round() throws SQLException {
        mark();
        if (tidying.isDue()) {
            ledger.partitions().ensureAround(today(clock));
            drop(retention.firstKept(clock));
            ledger.idempotencyKeys().forgetOld();
            ledger.forgetSettled(clock.instant().minus(retention.settled()));
            ledger.forgetBefore(clock.instant().minus(retention.runs()));
        }
        if (!restored) {
            fences.goOn();
        }
        return MARK;
    }

    private static LocalDate today(Clock clock) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private void drop(LocalDate firstKept) {
        List<LocalDate> held = ledger.partitions().dropBefore(firstKept).held();
        fences.plan(ledger.partitions().kept(firstKept));
        if (!held.isEmpty()) {
            LOG.warn(
                    "The ledger keeps the runs of the months from {} although they are older than {}: some of them have not"
                            + " ended (reprise run list --forward STUCK, --compensation STUCK)",
                    held,
                    retention.runs());
        }
    }

    private void mark() throws SQLException {
        var ledgerId = ledger.mark().ledgerId();
        long highest = 0;
        for (KitMarks kit : kits) {
            highest = Math.max(highest, kit.of(ledgerId));
        }
        LedgerStanding standing = ledger.mark().compare(highest);
        boolean nowRestored = standing instanceof LedgerStanding.Restored;
        if (nowRestored && !restored) {
            LOG.error(
                    "The ledger stands at {}, behind the mark {} that it once set: it was restored from a backup. It accepts"
                            + " nothing until: reprise audit --all --accept",
                    standing.highWater(),
                    highest);
        }
        restored = nowRestored;
        if (!nowRestored) {
            for (KitMarks kit : kits) {
                kit.raise(ledgerId, standing.highWater());
            }
        }
    }
}
