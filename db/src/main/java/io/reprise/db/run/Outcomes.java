package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.RUN;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.val;

import io.reprise.db.shared.Sql;
import io.reprise.db.shared.Storable;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Writes the outcomes of runs. A run that settled its end stays as it ended, and an older revision never overwrites a newer one, so
 * that every writer may come late, twice, or not at all.
 */
public final class Outcomes {

    /** The reason of a run that Temporal no longer knows. */
    public static final String LOST = "lost";

    /** The reason of a run that somebody terminated in Temporal. */
    public static final String TERMINATED = "terminated";

    /**
     * Writes the success of one run, to be joined to the transaction of its last step. Its parameters are set by {@link
     * #bindSuccess}.
     */
    public static final String SUCCESS_SQL = Sql.text()
            .update(RUN)
            .set(RUN.FORWARD, inline(Forward.SUCCEEDED, RUN.FORWARD))
            .set(RUN.REASON, inline((String) null, RUN.REASON))
            .set(RUN.FAILURE, inline((String) null, RUN.FAILURE))
            .set(RUN.ENDED_AT, val((Instant) null, RUN.ENDED_AT))
            .set(RUN.UPDATED_AT, val((Instant) null, RUN.UPDATED_AT))
            .where(RUN.RUN_ID.eq(val((String) null, RUN.RUN_ID)))
            .and(RUN.STARTED_ON.eq(val((java.time.LocalDate) null, RUN.STARTED_ON)))
            .and(RUN.ENDED_AT.isNull())
            .and(RUN.COMPENSATION.eq(inline(Compensation.NONE, RUN.COMPENSATION)))
            .getSQL();

    // The last step of a saga without a pivot may still be undone: its run knows better than the step.
    private static final Condition ENDED_BY_ITS_LAST_STEP =
            RUN.FORWARD.eq(inline(Forward.SUCCEEDED, RUN.FORWARD)).and(RUN.REVISION.eq(inline(0)));

    private final DSLContext sql;
    private final Clock clock;

    public Outcomes(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Sets the parameters of {@link #SUCCESS_SQL} from the given index on and answers the next free one. */
    public static int bindSuccess(PreparedStatement statement, int from, RunRef run, Instant endedAt)
            throws SQLException {
        int index = from;
        statement.setObject(index++, OffsetDateTime.ofInstant(endedAt, ZoneOffset.UTC));
        statement.setObject(index++, OffsetDateTime.ofInstant(endedAt, ZoneOffset.UTC));
        statement.setString(index++, run.runId());
        statement.setObject(index++, run.startedOn());
        return index;
    }

    /** Writes the success of one run inside the transaction that makes it true. */
    public boolean succeed(Connection connection, RunRef run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SUCCESS_SQL)) {
            bindSuccess(statement, 1, run, clock.instant());
            return statement.executeUpdate() == 1;
        }
    }

    /** Writes successes whose last steps ran in other databases. What came of their steps may not have been brought here. */
    public void succeedAll(Collection<RunRef> runs) {
        Instant now = clock.instant();
        sql.transaction(all -> all.dsl()
                .batch(runs.stream()
                        .map(run -> all.dsl()
                                .update(RUN)
                                .set(RUN.FORWARD, Forward.SUCCEEDED)
                                .setNull(RUN.REASON)
                                .setNull(RUN.FAILURE)
                                .set(RUN.STEPS_UNCHECKED, true)
                                .set(RUN.ENDED_AT, now)
                                .set(RUN.UPDATED_AT, now)
                                .where(RunColumns.is(run))
                                .and(RUN.ENDED_AT.isNull())
                                .and(RUN.COMPENSATION.eq(Compensation.NONE)))
                        .toList())
                .execute());
    }

    /** Answers false where the ledger already shows a newer outcome, or a final one. */
    public boolean settle(RunOutcome outcome) {
        return sql.transactionResult(both -> settle(both.dsl(), outcome, DSL.noCondition()));
    }

    /** The same inside a transaction of the caller. */
    public boolean settle(Connection connection, RunOutcome outcome) {
        return settle(Sql.on(connection), outcome, DSL.noCondition());
    }

    /** Writes what a closed workflow ended as, if the run still belongs to that run of Temporal's. */
    public boolean settleIf(String temporalRunId, RunOutcome outcome) {
        return sql.transactionResult(both -> settle(both.dsl(), outcome, RUN.TEMPORAL_RUN_ID.eq(temporalRunId)));
    }

    private boolean settle(DSLContext open, RunOutcome outcome, Condition guard) {
        Instant now = clock.instant();
        boolean written = open.update(RUN)
                        .set(RUN.FORWARD, outcome.forward())
                        .set(RUN.COMPENSATION, outcome.compensation())
                        .set(RUN.REVISION, outcome.revision())
                        .set(RUN.REASON, Storable.textOrNull(outcome.reason()))
                        .set(RUN.FAILURE, Storable.textOrNull(outcome.failure()))
                        .set(RUN.STUCK_STEPS, outcome.stuckSteps().toArray(String[]::new))
                        .set(RUN.STEPS_UNCHECKED, outcome.isFinal())
                        .set(RUN.ENDED_AT, outcome.isFinal() ? now : null)
                        .set(RUN.UPDATED_AT, now)
                        .where(RUN.RUN_ID.eq(outcome.runId()))
                        .and(RUN.STARTED_ON.eq(outcome.startedOn()))
                        .and(RUN.REVISION.lt(outcome.revision()))
                        .and(RUN.ENDED_AT.isNull().or(ENDED_BY_ITS_LAST_STEP))
                        .and(guard)
                        .execute()
                == 1;
        if (written) {
            StepFacts.settle(open, outcome);
        }
        return written;
    }

    /** Shows a run that Temporal no longer knows as STUCK. */
    public boolean lost(RunRef run, String temporalRunId) {
        return stop(run, temporalRunId, LOST, "Temporal no longer knows run " + temporalRunId, List.of());
    }

    /** Shows a run that was terminated past a step that can still be undone as STUCK. */
    public boolean terminated(RunRef run, String temporalRunId, String message, List<String> stuckSteps) {
        return stop(run, temporalRunId, TERMINATED, message, stuckSteps);
    }

    private boolean stop(RunRef run, String temporalRunId, String reason, String message, List<String> stuckSteps) {
        return sql.update(RUN)
                        .set(RUN.FORWARD, Forward.STUCK)
                        .set(RUN.REASON, reason)
                        .set(RUN.FAILURE, message)
                        .set(RUN.STUCK_STEPS, stuckSteps.toArray(String[]::new))
                        .set(RUN.REVISION, RUN.REVISION.plus(1))
                        .set(RUN.UPDATED_AT, clock.instant())
                        .where(RunColumns.is(run))
                        .and(RUN.TEMPORAL_RUN_ID.eq(temporalRunId))
                        .and(RUN.ENDED_AT.isNull())
                        .execute()
                == 1;
    }

    /**
     * Hands a stopped run to a new run of Temporal's that undoes it. The revision stays: the new run counts on from it, so
     * that its outcomes count even where they, or nothing but they, get here.
     */
    public boolean reopened(RunRef run, String formerTemporalRunId, String temporalRunId) {
        return sql.update(RUN)
                        .set(RUN.TEMPORAL_RUN_ID, temporalRunId)
                        .set(RUN.UPDATED_AT, clock.instant())
                        .where(RunColumns.is(run))
                        .and(RUN.TEMPORAL_RUN_ID.eq(formerTemporalRunId))
                        .and(RUN.ENDED_AT.isNull())
                        .execute()
                == 1;
    }

    /** Notes that the sweeper looked at these runs and found nothing to do. */
    public void touched(Collection<RunRef> runs) {
        Instant now = clock.instant();
        sql.batch(runs.stream()
                        .map(run -> sql.update(RUN)
                                .set(RUN.UPDATED_AT, now)
                                .where(RunColumns.is(run))
                                .and(RUN.ENDED_AT.isNull()))
                        .toList())
                .execute();
    }
}
