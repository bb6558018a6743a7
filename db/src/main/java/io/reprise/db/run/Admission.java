package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.ADMISSIBLE_RUN;
import static io.reprise.db.ledger.Tables.RUN;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;

import io.reprise.workflows.run.Forward;
import java.time.Clock;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/**
 * Lets bounded runs in, up to their bounds. A run that was let in counts as open until it has ended, whether or not it could
 * be started yet.
 */
final class Admission {

    /** One in the cluster lets in at a time: it counts what the one before let in. */
    private static final Field<Boolean> LOCK = function(
            name("pg_try_advisory_xact_lock"),
            SQLDataType.BOOLEAN,
            function(name("hashtext"), SQLDataType.INTEGER, inline("reprise.admission")));

    private static final Condition WAITS =
            RUN.FORWARD.eq(inline(Forward.QUEUED, RUN.FORWARD)).andNot(RUN.ADMITTED);

    private final DSLContext sql;
    private final Clock clock;

    Admission(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Answers how many were let in; none where somebody else is at it. */
    int admit() {
        if (!sql.fetchExists(RUN, WAITS)) {
            return 0;
        }
        return sql.transactionResult(all -> {
            boolean mine = all.dsl().select(LOCK).fetchSingle().value1();
            return mine ? admit(all.dsl()) : 0;
        });
    }

    private int admit(DSLContext open) {
        return open.update(RUN)
                .set(RUN.ADMITTED, true)
                .set(RUN.UPDATED_AT, clock.instant())
                .from(ADMISSIBLE_RUN)
                .where(RUN.RUN_ID.eq(ADMISSIBLE_RUN.RUN_ID))
                .and(RUN.STARTED_ON.eq(ADMISSIBLE_RUN.STARTED_ON))
                .and(WAITS)
                .execute();
    }
}
