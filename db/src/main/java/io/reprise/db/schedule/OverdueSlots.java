package io.reprise.db.schedule;

import static io.reprise.db.ledger.Tables.OVERDUE_SLOT;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;

/** Slots that were not done in time, each told of once. */
public final class OverdueSlots {

    private final DSLContext sql;
    private final Clock clock;

    public OverdueSlots(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Answers true to the one who is to tell of it. */
    public boolean tell(String pipeline, String slot, Instant due) {
        return sql.insertInto(OVERDUE_SLOT)
                        .set(OVERDUE_SLOT.PIPELINE, pipeline)
                        .set(OVERDUE_SLOT.SLOT, slot)
                        .set(OVERDUE_SLOT.DUE_AT, due)
                        .set(OVERDUE_SLOT.TOLD_AT, clock.instant())
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    /** The slot of which was told last. */
    public Optional<String> last(String pipeline) {
        return sql.select(OVERDUE_SLOT.SLOT)
                .from(OVERDUE_SLOT)
                .where(OVERDUE_SLOT.PIPELINE.eq(pipeline))
                .orderBy(OVERDUE_SLOT.SLOT.desc())
                .limit(1)
                .fetchOptional(OVERDUE_SLOT.SLOT);
    }

    public int forgetBefore(Instant firstKept) {
        return sql.deleteFrom(OVERDUE_SLOT)
                .where(OVERDUE_SLOT.TOLD_AT.lt(firstKept))
                .execute();
    }
}
