package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.RUN;
import static org.jooq.impl.DSL.row;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jooq.DSLContext;

/**
 * Ended runs of which the ledger may lack step facts. Facts that cannot join their step's transaction come a little later
 * and die with their worker; each run that ended so is looked at once.
 */
public final class UncheckedSteps {

    private final DSLContext sql;

    public UncheckedSteps(DSLContext sql) {
        this.sql = sql;
    }

    /** Longest ended first. */
    public List<RunRef> endedBefore(Instant instant, int atMost) {
        return sql.select(RUN.RUN_ID, RUN.STARTED_ON, RUN.WORKFLOW_ID)
                .from(RUN)
                .where(RUN.STEPS_UNCHECKED)
                .and(RUN.ENDED_AT.lt(instant))
                .orderBy(RUN.ENDED_AT)
                .limit(atMost)
                .fetch(RunColumns::ref);
    }

    public void checked(Collection<RunRef> runs) {
        sql.update(RUN)
                .set(RUN.STEPS_UNCHECKED, false)
                .where(row(RUN.RUN_ID, RUN.STARTED_ON)
                        .in(runs.stream()
                                .map(run -> row(run.runId(), run.startedOn()))
                                .toList()))
                .execute();
    }
}
