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
import org.jooq.Condition;
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

    /**
     * Forgets runs of months that ended before the day, and logs and inbox rows of the days before it. A month with a run
     * that has not ended is kept, and the keys of all its runs with it.
     */
    public Dropped dropBefore(LocalDate firstKept) {
        List<LocalDate> held = kept(firstKept).held();
        int dropped = 0;
        for (Table<?> partitioned : List.of(RUN_STATEMENT, RUN_CHECK, RUN_LOG, INBOX, RUN_STEP, RUN)) {
            dropped += Routines.dropPartitions(sql.configuration(), partitioned.getName(), firstKept);
        }
        Condition gone = RUN_KEY.STARTED_ON.lt(firstKept.withDayOfMonth(1));
        for (LocalDate month : held) {
            gone = gone.andNot(RUN_KEY.STARTED_ON.ge(month).and(RUN_KEY.STARTED_ON.lt(month.plusMonths(1))));
        }
        sql.deleteFrom(RUN_KEY).where(gone).execute();
        return new Dropped(dropped, held);
    }

    /** The months that are kept where all before that day may be forgotten. */
    public KeptMonths kept(LocalDate firstKept) {
        LocalDate from = firstKept.withDayOfMonth(1);
        return new KeptMonths(from, heldBefore(from));
    }

    private List<LocalDate> heldBefore(LocalDate firstKept) {
        return sql
                .selectDistinct(RUN.STARTED_ON)
                .from(RUN)
                .where(RUN.STARTED_ON.lt(firstKept))
                .and(RUN.ENDED_AT.isNull())
                .fetch(RUN.STARTED_ON)
                .stream()
                .map(day -> day.withDayOfMonth(1))
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * What became of partitions past retention.
     *
     * @param partitions how many were dropped
     * @param held first days of the months that stay for the sake of runs that have not ended
     */
    public record Dropped(int partitions, List<LocalDate> held) {

        public Dropped {
            held = List.copyOf(held);
        }
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
