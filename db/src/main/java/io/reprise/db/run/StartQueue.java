package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.RUN;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import io.reprise.workflows.run.Forward;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * The runs that wait to be started in Temporal, oldest first. A claim is a lease: when its holder is lost, the next one
 * starts the run again, which Temporal refuses as a duplicate if the first had got through.
 */
public final class StartQueue {

    private static final io.reprise.db.ledger.tables.Run EARLIER = RUN.as("earlier");
    private static final Condition QUEUED = RUN.FORWARD.eq(inline(Forward.QUEUED, RUN.FORWARD));

    private final DSLContext sql;
    private final Clock clock;
    private final Admission admission;

    public StartQueue(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
        this.admission = new Admission(sql, clock);
    }

    /** Lets bounded runs in, then leases runs whose turn it is. Two claimers never get the same one. */
    public List<QueuedRun> claim(Lease lease, int atMost) {
        admission.admit();
        return claim(lease, noCondition(), atMost);
    }

    /** Leases that run, if there is room for it and it is its turn. */
    public Optional<QueuedRun> claim(RunRef run, Lease lease) {
        admission.admit();
        return claim(lease, RunColumns.is(run), 1).stream().findFirst();
    }

    private List<QueuedRun> claim(Lease lease, Condition which, int atMost) {
        Instant now = clock.instant();
        var next = name("next")
                .as(select(RUN.RUN_ID, RUN.STARTED_ON)
                        .from(RUN)
                        .where(QUEUED)
                        .and(RUN.ADMITTED)
                        .and(which)
                        .and(RUN.CLAIMED_UNTIL.isNull().or(RUN.CLAIMED_UNTIL.le(now)))
                        .and(itsTurn())
                        .orderBy(RUN.SEQ)
                        .limit(atMost)
                        .forUpdate()
                        .skipLocked());
        return sql.with(next)
                .update(RUN)
                .set(RUN.CLAIMED_BY, lease.holder())
                .set(RUN.CLAIMED_UNTIL, now.plus(lease.length()))
                .set(RUN.START_ATTEMPTS, RUN.START_ATTEMPTS.plus(1))
                .set(RUN.UPDATED_AT, now)
                .from(next)
                .where(RUN.RUN_ID.eq(next.field(RUN.RUN_ID)))
                .and(RUN.STARTED_ON.eq(next.field(RUN.STARTED_ON)))
                .returning(RUN.fields())
                .fetch()
                .sortAsc(RUN.SEQ)
                .map(RunColumns::queued);
    }

    private static Condition itsTurn() {
        Condition before =
                EARLIER.ORDER_KEY.eq(RUN.ORDER_KEY).and(EARLIER.SEQ.lt(RUN.SEQ)).and(EARLIER.ENDED_AT.isNull());
        return RUN.ORDER_RULE
                .eq(inline(OrderRule.NONE.word()))
                .or(RUN.ORDER_RULE
                        .eq(inline(OrderRule.PER_KEY.word()))
                        .and(notExists(selectOne().from(EARLIER).where(before))))
                .or(RUN.ORDER_RULE
                        .eq(inline(OrderRule.START_ORDER.word()))
                        .and(notExists(selectOne()
                                .from(EARLIER)
                                .where(before)
                                .and(EARLIER.FORWARD.eq(inline(Forward.QUEUED, RUN.FORWARD))))));
    }

    /**
     * Marks the run as RUNNING under this id of Temporal's; where it has gone further already, only the id is noted.
     * Answers whether somebody asked for its cancellation meanwhile, which Temporal must then be told.
     */
    public boolean started(RunRef run, String temporalRunId) {
        Instant now = clock.instant();
        return sql.update(RUN)
                .set(
                        RUN.FORWARD,
                        when(QUEUED, inline(Forward.RUNNING, RUN.FORWARD)).otherwise(RUN.FORWARD))
                .set(RUN.TEMPORAL_RUN_ID, temporalRunId)
                .set(RUN.STARTED_AT, coalesce(RUN.STARTED_AT, val(now, RUN.STARTED_AT)))
                .set(RUN.UPDATED_AT, now)
                .setNull(RUN.CLAIMED_BY)
                .setNull(RUN.CLAIMED_UNTIL)
                .setNull(RUN.START_ERROR)
                .where(RunColumns.is(run))
                .and(RUN.TEMPORAL_RUN_ID.isNull())
                .returning(RUN.CANCEL_REQUESTED)
                .fetchOptional(RUN.CANCEL_REQUESTED)
                .orElse(false);
    }

    /** Gives a run back that could not be started, to be tried again after a while. */
    public void deferred(RunRef run, String error, Duration backOff) {
        Instant now = clock.instant();
        sql.update(RUN)
                .setNull(RUN.CLAIMED_BY)
                .set(RUN.CLAIMED_UNTIL, now.plus(backOff))
                .set(RUN.START_ERROR, error)
                .set(RUN.UPDATED_AT, now)
                .where(RunColumns.is(run))
                .and(QUEUED)
                .execute();
    }

    /** Closes a run that nobody tried to start yet; otherwise notes the wish for whoever starts or runs it. */
    public CancelRequest cancel(String runId, String reason) {
        Runs runs = new Runs(sql);
        Optional<Run> found = runs.byId(runId);
        if (found.isEmpty()) {
            return new CancelRequest.NotFound(runId);
        }
        RunRef ref = found.get().ref();
        if (closedUnstarted(ref, reason)) {
            return new CancelRequest.ClosedUnstarted(runs.byId(runId).orElseThrow());
        }
        boolean noted = noteCancellation(ref, reason);
        Run now = runs.byId(runId).orElseThrow();
        return noted ? new CancelRequest.Noted(now) : new CancelRequest.AlreadyEnded(now);
    }

    private boolean closedUnstarted(RunRef run, String reason) {
        Instant now = clock.instant();
        return sql.update(RUN)
                        .set(RUN.FORWARD, Forward.CANCELLED)
                        .set(RUN.CANCEL_REQUESTED, true)
                        .set(RUN.CANCEL_REASON, reason)
                        .set(RUN.REASON, "cancelled")
                        .set(RUN.FAILURE, reason)
                        .set(RUN.ENDED_AT, now)
                        .set(RUN.UPDATED_AT, now)
                        .where(RunColumns.is(run))
                        .and(QUEUED)
                        .and(RUN.START_ATTEMPTS.eq(0))
                        .execute()
                == 1;
    }

    private boolean noteCancellation(RunRef run, String reason) {
        return sql.update(RUN)
                        .set(RUN.CANCEL_REQUESTED, true)
                        .set(RUN.CANCEL_REASON, DSL.coalesce(RUN.CANCEL_REASON, val(reason)))
                        .set(RUN.UPDATED_AT, clock.instant())
                        .where(RunColumns.is(run))
                        .and(RUN.ENDED_AT.isNull())
                        .execute()
                == 1;
    }
}
