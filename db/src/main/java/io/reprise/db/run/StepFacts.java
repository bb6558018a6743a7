package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.RUN_STEP;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import io.reprise.db.shared.Sql;
import io.reprise.db.shared.Storable;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Writes what happened to steps. Facts may come twice, in any order and from several writers: a success stays a success, an
 * undo stays undone, and of two attempts the later one is shown. A success of which only the run has told gets its details
 * when they come.
 */
public final class StepFacts {

    private static final List<Field<?>> WENT = List.of(
            RUN_STEP.RUN_ID,
            RUN_STEP.STARTED_ON,
            RUN_STEP.STEP_ID,
            RUN_STEP.POSITION,
            RUN_STEP.FORWARD,
            RUN_STEP.COMPENSATION,
            RUN_STEP.ATTEMPTS,
            RUN_STEP.ROWS,
            RUN_STEP.MODE,
            RUN_STEP.WORKER,
            RUN_STEP.ERROR,
            RUN_STEP.OUTPUTS,
            RUN_STEP.STARTED_AT,
            RUN_STEP.ENDED_AT);

    private static final List<Field<?>> UNDID = List.of(
            RUN_STEP.RUN_ID,
            RUN_STEP.STARTED_ON,
            RUN_STEP.STEP_ID,
            RUN_STEP.POSITION,
            RUN_STEP.FORWARD,
            RUN_STEP.COMPENSATION,
            RUN_STEP.UNDO_ATTEMPTS,
            RUN_STEP.WORKER,
            RUN_STEP.ERROR,
            RUN_STEP.UNDO_STARTED_AT,
            RUN_STEP.UNDO_ENDED_AT);

    private static final Condition NOT_DONE = RUN_STEP.FORWARD.ne(inline(Forward.SUCCEEDED, RUN_STEP.FORWARD));
    private static final Condition NOT_UNDONE =
            RUN_STEP.COMPENSATION.ne(inline(Compensation.DONE, RUN_STEP.COMPENSATION));

    /** What the run said of a step stands against attempts that only failed once more, or are told of late. */
    private static final Condition IS_NO_END = excluded(RUN_STEP.FORWARD).eq(inline(Forward.RUNNING, RUN_STEP.FORWARD));

    private static final Condition SETTLED_FORWARD = RUN_STEP.FORWARD.in(
            inline(Forward.FAILED, RUN_STEP.FORWARD),
            inline(Forward.CANCELLED, RUN_STEP.FORWARD),
            inline(Forward.STUCK, RUN_STEP.FORWARD));
    private static final Condition IS_NO_UNDO =
            excluded(RUN_STEP.COMPENSATION).eq(inline(Compensation.RUNNING, RUN_STEP.COMPENSATION));
    private static final Condition SETTLED_COMPENSATION = RUN_STEP.COMPENSATION.in(
            inline(Compensation.STUCK, RUN_STEP.COMPENSATION), inline(Compensation.PARTIAL, RUN_STEP.COMPENSATION));

    /** Writes one attempt forward; its parameters are set by {@link #bind(PreparedStatement, int, StepFact.Went)}. */
    public static final String WENT_SQL = Sql.text()
            .insertInto(RUN_STEP, WENT)
            .values(WENT.stream().map(column -> val(null, column)).toArray())
            .onConflict(RUN_STEP.RUN_ID, RUN_STEP.STARTED_ON, RUN_STEP.STEP_ID)
            .doUpdate()
            .set(
                    RUN_STEP.FORWARD,
                    when(IS_NO_END.and(SETTLED_FORWARD), RUN_STEP.FORWARD).otherwise(excluded(RUN_STEP.FORWARD)))
            .set(RUN_STEP.ATTEMPTS, greatest(RUN_STEP.ATTEMPTS, excluded(RUN_STEP.ATTEMPTS)))
            .set(RUN_STEP.ROWS, excluded(RUN_STEP.ROWS))
            .set(RUN_STEP.MODE, excluded(RUN_STEP.MODE))
            .set(RUN_STEP.WORKER, excluded(RUN_STEP.WORKER))
            .set(RUN_STEP.ERROR, excluded(RUN_STEP.ERROR))
            .set(RUN_STEP.OUTPUTS, excluded(RUN_STEP.OUTPUTS))
            .set(RUN_STEP.STARTED_AT, coalesce(RUN_STEP.STARTED_AT, excluded(RUN_STEP.STARTED_AT)))
            .set(RUN_STEP.ENDED_AT, excluded(RUN_STEP.ENDED_AT))
            .where(excluded(RUN_STEP.FORWARD)
                    .eq(inline(Forward.SUCCEEDED, RUN_STEP.FORWARD))
                    .and(NOT_DONE.or(RUN_STEP.ENDED_AT.isNull()))
                    .or(NOT_DONE.and(excluded(RUN_STEP.ATTEMPTS).ge(RUN_STEP.ATTEMPTS))))
            .getSQL();

    /** Writes one attempt to undo; its parameters are set by {@link #bind(PreparedStatement, int, StepFact.Undid)}. */
    public static final String UNDID_SQL = Sql.text()
            .insertInto(RUN_STEP, UNDID)
            .values(UNDID.stream().map(column -> val(null, column)).toArray())
            .onConflict(RUN_STEP.RUN_ID, RUN_STEP.STARTED_ON, RUN_STEP.STEP_ID)
            .doUpdate()
            .set(
                    RUN_STEP.COMPENSATION,
                    when(IS_NO_UNDO.and(SETTLED_COMPENSATION), RUN_STEP.COMPENSATION)
                            .otherwise(excluded(RUN_STEP.COMPENSATION)))
            .set(RUN_STEP.UNDO_ATTEMPTS, greatest(RUN_STEP.UNDO_ATTEMPTS, excluded(RUN_STEP.UNDO_ATTEMPTS)))
            .set(RUN_STEP.WORKER, excluded(RUN_STEP.WORKER))
            .set(RUN_STEP.ERROR, coalesce(excluded(RUN_STEP.ERROR), RUN_STEP.ERROR))
            .set(RUN_STEP.UNDO_STARTED_AT, coalesce(RUN_STEP.UNDO_STARTED_AT, excluded(RUN_STEP.UNDO_STARTED_AT)))
            .set(RUN_STEP.UNDO_ENDED_AT, excluded(RUN_STEP.UNDO_ENDED_AT))
            .where(excluded(RUN_STEP.COMPENSATION)
                    .eq(inline(Compensation.DONE, RUN_STEP.COMPENSATION))
                    .and(NOT_UNDONE.or(RUN_STEP.UNDO_ENDED_AT.isNull()))
                    .or(NOT_UNDONE.and(excluded(RUN_STEP.UNDO_ATTEMPTS).ge(RUN_STEP.UNDO_ATTEMPTS))))
            .getSQL();

    private final DataSource database;

    public StepFacts(DataSource database) {
        this.database = database;
    }

    public void record(Connection connection, StepFact fact) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text(fact))) {
            bind(statement, 1, fact);
            statement.executeUpdate();
        }
    }

    /** Writes many facts in one transaction and a few round trips. */
    public void recordAll(Collection<StepFact> facts) throws SQLException {
        List<StepFact> sorted = facts.stream()
                .sorted(Comparator.comparing(StepFact::runId).thenComparing(StepFact::stepId))
                .toList();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                batch(
                        connection,
                        WENT_SQL,
                        sorted.stream().filter(StepFact.Went.class::isInstance).toList());
                batch(
                        connection,
                        UNDID_SQL,
                        sorted.stream().filter(StepFact.Undid.class::isInstance).toList());
                connection.commit();
            } catch (SQLException failed) {
                connection.rollback();
                throw failed;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void batch(Connection connection, String text, List<StepFact> facts) throws SQLException {
        if (facts.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (StepFact fact : facts) {
                bind(statement, 1, fact);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static String text(StepFact fact) {
        return switch (fact) {
            case StepFact.Went ignored -> WENT_SQL;
            case StepFact.Undid ignored -> UNDID_SQL;
        };
    }

    /** Sets the fact's parameters from the given index on and answers the next free one. */
    public static int bind(PreparedStatement statement, int from, StepFact fact) throws SQLException {
        return switch (fact) {
            case StepFact.Went went -> bind(statement, from, went);
            case StepFact.Undid undid -> bind(statement, from, undid);
        };
    }

    public static int bind(PreparedStatement statement, int from, StepFact.Went fact) throws SQLException {
        int index = from;
        statement.setString(index++, fact.runId());
        statement.setObject(index++, fact.startedOn());
        statement.setString(index++, fact.stepId());
        statement.setInt(index++, fact.position());
        statement.setString(index++, fact.forward().name());
        statement.setString(index++, Compensation.NONE.name());
        statement.setInt(index++, fact.attempt());
        statement.setObject(index++, fact.rows(), Types.BIGINT);
        statement.setString(index++, fact.mode().name());
        statement.setString(index++, fact.worker());
        statement.setString(index++, Storable.textOrNull(fact.error()));
        statement.setObject(index++, fact.outputs(), Types.OTHER);
        setInstant(statement, index++, fact.startedAt());
        setInstant(statement, index++, fact.endedAt());
        return index;
    }

    public static int bind(PreparedStatement statement, int from, StepFact.Undid fact) throws SQLException {
        int index = from;
        statement.setString(index++, fact.runId());
        statement.setObject(index++, fact.startedOn());
        statement.setString(index++, fact.stepId());
        statement.setInt(index++, fact.position());
        statement.setString(index++, Forward.QUEUED.name());
        statement.setString(index++, fact.compensation().name());
        statement.setInt(index++, fact.attempt());
        statement.setString(index++, fact.worker());
        statement.setString(index++, Storable.textOrNull(fact.error()));
        setInstant(statement, index++, fact.startedAt());
        setInstant(statement, index++, fact.endedAt());
        return index;
    }

    private static void setInstant(PreparedStatement statement, int index, @Nullable Instant instant)
            throws SQLException {
        if (instant == null) {
            statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
            return;
        }
        statement.setObject(index, OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    /** Writes where a run's outcome says that its steps stand; what a step said of itself is not taken back. */
    static void settle(DSLContext open, RunOutcome outcome) {
        int position = 0;
        for (StepOutcome step : outcome.steps()) {
            position++;
            open.insertInto(RUN_STEP)
                    .set(RUN_STEP.RUN_ID, outcome.runId())
                    .set(RUN_STEP.STARTED_ON, outcome.startedOn())
                    .set(RUN_STEP.STEP_ID, step.stepId())
                    .set(RUN_STEP.POSITION, position)
                    .set(RUN_STEP.FORWARD, step.forward())
                    .set(RUN_STEP.COMPENSATION, step.compensation())
                    .set(RUN_STEP.ERROR, Storable.textOrNull(step.error()))
                    .onConflict(RUN_STEP.RUN_ID, RUN_STEP.STARTED_ON, RUN_STEP.STEP_ID)
                    .doUpdate()
                    .set(
                            RUN_STEP.FORWARD,
                            when(NOT_DONE, excluded(RUN_STEP.FORWARD)).otherwise(RUN_STEP.FORWARD))
                    .set(
                            RUN_STEP.COMPENSATION,
                            when(NOT_UNDONE, excluded(RUN_STEP.COMPENSATION)).otherwise(RUN_STEP.COMPENSATION))
                    .set(RUN_STEP.ERROR, coalesce(excluded(RUN_STEP.ERROR), RUN_STEP.ERROR))
                    .execute();
        }
    }
}
