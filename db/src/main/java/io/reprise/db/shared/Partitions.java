package io.reprise.db.shared;

import static io.reprise.db.ledger.Tables.INBOX;
import static io.reprise.db.ledger.Tables.RUN;
import static io.reprise.db.ledger.Tables.RUN_CHECK;
import static io.reprise.db.ledger.Tables.RUN_KEY;
import static io.reprise.db.ledger.Tables.RUN_LOG;
import static io.reprise.db.ledger.Tables.RUN_STATEMENT;
import static io.reprise.db.ledger.Tables.RUN_STEP;

import io.reprise.db.ledger.Routines;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;

/** The partitions of the ledger's large tables: made before they are needed, dropped when they are past retention. */
public final class Partitions {

    private static final int DAYS_AHEAD = 14;
    private static final String MISSING = "23514";

    private final DSLContext sql;

    public Partitions(DSLContext sql) {
        this.sql = sql;
    }

    /** Makes what the next two weeks need, and yesterday's for clocks that are behind. */
    public int ensureAround(LocalDate today) {
        return ensure(today.minusDays(1), today.plusDays(DAYS_AHEAD));
    }

    public int ensure(LocalDate first, LocalDate last) {
        return Routines.ensurePartitions(sql.configuration(), first, last);
    }

    /** Makes the attempt, and makes it once more where only the day's partitions were missing. */
    public <T> T ensuring(LocalDate day, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (DataAccessException failed) {
            if (!MISSING.equals(failed.sqlState())) {
                throw failed;
            }
            ensure(day, day);
            return attempt.get();
        }
    }

    /** Forgets runs of months that ended before the day, and logs and inbox rows of the days before it. */
    public int dropBefore(LocalDate firstKept) {
        int dropped = 0;
        for (Table<?> partitioned : List.of(RUN_STATEMENT, RUN_CHECK, RUN_LOG, INBOX, RUN_STEP, RUN)) {
            dropped += Routines.dropPartitions(sql.configuration(), partitioned.getName(), firstKept);
        }
        sql.deleteFrom(RUN_KEY)
                .where(RUN_KEY.STARTED_ON.lt(firstKept.withDayOfMonth(1)))
                .execute();
        return dropped;
    }

    /**
     * Drops the oldest days of what steps logged until each kind is no larger than that. Yesterday and today stay, however
     * large they are.
     */
    public int trimLogs(LocalDate today, long mostBytes) {
        int dropped = 0;
        for (Table<?> logged : List.of(RUN_STATEMENT, RUN_CHECK, RUN_LOG)) {
            dropped += Routines.trimPartitions(sql.configuration(), logged.getName(), mostBytes, today.minusDays(1));
        }
        return dropped;
    }
}
