package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.LEDGER_STATE;
import static io.reprise.db.ledger.Tables.RUN;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.reprise.db.shared.Sequences;
import java.time.Clock;
import java.util.UUID;
import org.jooq.DSLContext;

/**
 * How far the ledger's acceptance got, and whether it was found behind a mark that it once set: then it was restored from
 * an older backup and accepts nothing until somebody accepts that.
 */
public final class LedgerMark {

    private final DSLContext sql;
    private final Clock clock;

    public LedgerMark(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** This ledger's identity, which a restored backup shares. */
    public UUID ledgerId() {
        return sql.select(LEDGER_STATE.LEDGER_ID)
                .from(LEDGER_STATE)
                .fetchSingle(row -> row.get(LEDGER_STATE.LEDGER_ID));
    }

    /**
     * Writes down how far acceptance got, counting committed runs only, and answers it: the mark for every kit. It never
     * falls when old runs are dropped.
     */
    public long raise() {
        return sql.update(LEDGER_STATE)
                .set(
                        LEDGER_STATE.ACCEPTED_HIGH_WATER,
                        greatest(
                                LEDGER_STATE.ACCEPTED_HIGH_WATER,
                                coalesce(select(max(RUN.SEQ)).from(RUN).asField(), inline(0L))))
                .returning(LEDGER_STATE.ACCEPTED_HIGH_WATER)
                .fetchSingle(row -> row.get(LEDGER_STATE.ACCEPTED_HIGH_WATER));
    }

    /** Compares the ledger with the highest mark that a kit holds for it; being behind stops acceptance. */
    public LedgerStanding compare(long mark) {
        long highWater = raise();
        if (highWater < mark) {
            sql.update(LEDGER_STATE)
                    .set(
                            LEDGER_STATE.RESTORED_BEHIND,
                            greatest(coalesce(LEDGER_STATE.RESTORED_BEHIND, inline(0L)), val(mark)))
                    .set(
                            LEDGER_STATE.RESTORED_NOTICED_AT,
                            coalesce(
                                    LEDGER_STATE.RESTORED_NOTICED_AT,
                                    val(clock.instant(), LEDGER_STATE.RESTORED_NOTICED_AT)))
                    .execute();
        }
        return standing();
    }

    public LedgerStanding standing() {
        return sql.selectFrom(LEDGER_STATE).fetchSingle(row -> {
            Long behind = row.get(LEDGER_STATE.RESTORED_BEHIND);
            long highWater = row.get(LEDGER_STATE.ACCEPTED_HIGH_WATER);
            return behind == null
                    ? new LedgerStanding.Current(highWater)
                    : new LedgerStanding.Restored(highWater, behind, row.get(LEDGER_STATE.RESTORED_NOTICED_AT));
        });
    }

    /** Takes it that what came after the backup is gone: new runs are numbered beyond the mark, and acceptance goes on. */
    public LedgerStanding accept() {
        sql.transaction(both -> {
            Long behind = both.dsl()
                    .select(LEDGER_STATE.RESTORED_BEHIND)
                    .from(LEDGER_STATE)
                    .forUpdate()
                    .fetchSingle(LEDGER_STATE.RESTORED_BEHIND);
            if (behind != null) {
                new Sequences(both.dsl()).raise(RUN, RUN.SEQ, behind);
                both.dsl()
                        .update(LEDGER_STATE)
                        .set(LEDGER_STATE.ACCEPTED_HIGH_WATER, greatest(LEDGER_STATE.ACCEPTED_HIGH_WATER, val(behind)))
                        .setNull(LEDGER_STATE.RESTORED_BEHIND)
                        .setNull(LEDGER_STATE.RESTORED_NOTICED_AT)
                        .execute();
            }
        });
        return standing();
    }
}
