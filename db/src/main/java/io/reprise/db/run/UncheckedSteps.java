package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.RUN;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
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

    /**
     * Longest ended first.
     *
     * @param passed the last of those that are passed over
     */
    public List<EndedRun> endedBefore(Instant instant, Optional<EndedRun> passed, int atMost) {
        return sql.select(RUN.RUN_ID, RUN.STARTED_ON, RUN.WORKFLOW_ID, RUN.ENDED_AT)
                .from(RUN)
                .where(RUN.STEPS_UNCHECKED)
                .and(RUN.ENDED_AT.lt(instant))
                .and(passed.map(UncheckedSteps::after).orElse(noCondition()))
                .orderBy(RUN.ENDED_AT, RUN.RUN_ID)
                .limit(atMost)
                .fetch(row -> new EndedRun(RunColumns.ref(row), row.value4()));
    }

    private static Condition after(EndedRun passed) {
        return row(RUN.ENDED_AT, RUN.RUN_ID).gt(passed.endedAt(), passed.ref().runId());
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
