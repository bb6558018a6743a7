package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.RUN;
import static org.jooq.impl.DSL.cardinality;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.when;

import io.reprise.db.shared.Storable;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import java.time.Clock;
import org.jooq.Condition;
import org.jooq.DSLContext;

/**
 * Shows open runs of which something fails again and again as STUCK, which the runs themselves do not know, and takes it
 * back once it works. Their revisions stay: a workflow goes on numbering its outcomes from there.
 */
public final class FailingRuns {

    /** The reason of a run whose workflow code fails. */
    public static final String WORKFLOW_TASK_FAILING = "workflow-task-failing";

    /** The reason of a run of which a step fails. */
    public static final String STEP_FAILING = "step-failing";

    private static final Condition IS_SHOWN =
            RUN.REASON.in(inline(WORKFLOW_TASK_FAILING, RUN.REASON), inline(STEP_FAILING, RUN.REASON));

    private static final Condition IS_UNDOING = RUN.COMPENSATION.in(
            inline(Compensation.RUNNING, RUN.COMPENSATION), inline(Compensation.STUCK, RUN.COMPENSATION));

    private static final Condition IS_ON_ITS_WAY = RUN.FORWARD
            .in(inline(Forward.RUNNING, RUN.FORWARD), inline(Forward.WAITING, RUN.FORWARD))
            .and(RUN.COMPENSATION.eq(inline(Compensation.NONE, RUN.COMPENSATION)));

    private final DSLContext sql;
    private final Clock clock;

    public FailingRuns(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** The workflow's code fails, on the way forward or in an undo. */
    public boolean workflowTaskFailing(RunRef run, String temporalRunId, String message) {
        return failing(run, temporalRunId, WORKFLOW_TASK_FAILING, message, IS_UNDOING.or(IS_ON_ITS_WAY));
    }

    /** A step fails on the way forward; what is stuck in an undo, the workflow tells. */
    public boolean stepFailing(RunRef run, String temporalRunId, String message) {
        return failing(run, temporalRunId, STEP_FAILING, message, IS_ON_ITS_WAY);
    }

    private boolean failing(RunRef run, String temporalRunId, String reason, String message, Condition where) {
        return sql.update(RUN)
                        .set(RUN.FORWARD, when(IS_UNDOING, RUN.FORWARD).otherwise(inline(Forward.STUCK, RUN.FORWARD)))
                        .set(
                                RUN.COMPENSATION,
                                when(IS_UNDOING, inline(Compensation.STUCK, RUN.COMPENSATION))
                                        .otherwise(RUN.COMPENSATION))
                        .set(RUN.REASON_BEFORE, RUN.REASON)
                        .set(RUN.FAILURE_BEFORE, RUN.FAILURE)
                        .set(RUN.REASON, reason)
                        .set(RUN.FAILURE, Storable.text(message))
                        .set(RUN.UPDATED_AT, clock.instant())
                        .where(RunColumns.is(run))
                        .and(RUN.TEMPORAL_RUN_ID.eq(temporalRunId))
                        .and(RUN.ENDED_AT.isNull())
                        .and(RUN.REASON.isNull().or(not(IS_SHOWN)))
                        .and(where)
                        .execute()
                == 1;
    }

    /** Nothing of it fails any more: shows why it is undone, if it is, as it was shown before. */
    public boolean works(RunRef run, String temporalRunId) {
        Compensation undoing = Compensation.RUNNING;
        return sql.update(RUN)
                        .set(RUN.FORWARD, when(IS_UNDOING, RUN.FORWARD).otherwise(inline(Forward.RUNNING, RUN.FORWARD)))
                        .set(
                                RUN.COMPENSATION,
                                when(
                                                IS_UNDOING.and(cardinality(RUN.STUCK_STEPS)
                                                        .eq(0)),
                                                inline(undoing, RUN.COMPENSATION))
                                        .otherwise(RUN.COMPENSATION))
                        .set(RUN.REASON, RUN.REASON_BEFORE)
                        .set(RUN.FAILURE, RUN.FAILURE_BEFORE)
                        .setNull(RUN.REASON_BEFORE)
                        .setNull(RUN.FAILURE_BEFORE)
                        .set(RUN.UPDATED_AT, clock.instant())
                        .where(RunColumns.is(run))
                        .and(RUN.TEMPORAL_RUN_ID.eq(temporalRunId))
                        .and(RUN.ENDED_AT.isNull())
                        .and(IS_SHOWN)
                        .execute()
                == 1;
    }
}
