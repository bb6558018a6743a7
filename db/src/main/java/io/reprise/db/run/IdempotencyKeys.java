package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.IDEMPOTENCY_KEY;

import java.time.Clock;
import org.jooq.DSLContext;

/** Forgets Idempotency-Keys that are no longer honoured. They are taken by {@link Acceptance}. */
public final class IdempotencyKeys {

    private final DSLContext sql;
    private final Clock clock;

    public IdempotencyKeys(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Answers how many were forgotten. */
    public int forgetOld() {
        return sql.deleteFrom(IDEMPOTENCY_KEY)
                .where(IDEMPOTENCY_KEY.CREATED_AT.lt(clock.instant().minus(IdempotencyKey.KEPT)))
                .execute();
    }
}
