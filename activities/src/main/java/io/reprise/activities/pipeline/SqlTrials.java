package io.reprise.activities.pipeline;

import io.reprise.activities.sql.Deadline;
import io.reprise.activities.sql.Heart;
import io.reprise.activities.sql.ScriptRunner;
import io.reprise.activities.sql.SqlFailures;
import io.reprise.activities.sql.StatementWatch;
import io.reprise.catalog.pipeline.CheckStep;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.sql.TableName;
import io.reprise.workflows.pipeline.Trial;
import io.reprise.workflows.pipeline.TrialOrder;
import io.reprise.workflows.pipeline.TrialSteps;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries steps on their database without leaving anything there: no fence, no rows, and nothing in the ledger. The stages that a
 * step makes are temporary tables of the session.
 *
 * <p>Refused before anything runs: statements that would commit, or that may. A procedure that commits nevertheless is found
 * out, and told.
 */
final class SqlTrials implements TrialSteps {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final String NO_RUN = "trial";

    private final SqlConnection connection;
    private final Function<String, PipelineDefinition> definitions;
    private final Clock clock;
    private final Supplier<Heart> hearts;

    /** @param definitions finds a definition by its hash */
    SqlTrials(
            SqlConnection connection,
            Function<String, PipelineDefinition> definitions,
            Clock clock,
            Supplier<Heart> hearts) {
        this.connection = connection;
        this.definitions = definitions;
        this.clock = clock;
        this.hearts = hearts;
    }

    @Override
    public Trial attempt(TrialOrder order) {
        PipelineDefinition definition = definitions.apply(order.step().definition());
        SqlTask task = SqlTask.of(definition, order.step().step());
        Reversible.require(connection.dialect(), task);
        try (Connection open = connection.pool().getConnection();
                Deadline _ = Deadline.in(LONGEST, connection.dialect(), open)) {
            return attempt(order, definition, task, open);
        } catch (SQLException failure) {
            throw SqlFailures.of(connection.dialect(), "try " + order.key(), failure);
        }
    }

    private Trial attempt(TrialOrder order, PipelineDefinition definition, SqlTask task, Connection open)
            throws SQLException {
        TrialStages stages = new TrialStages(connection, clock, definition, order.key());
        try {
            Map<String, TableName> tables = stages.make(open);
            return Reversible.rolledBack(
                    connection.dialect(), open, () -> attempt(order, definition, task, open, tables));
        } finally {
            open.rollback();
            stages.drop(open);
        }
    }

    private Trial attempt(
            TrialOrder order,
            PipelineDefinition definition,
            SqlTask task,
            Connection open,
            Map<String, TableName> tables)
            throws SQLException {
        TrialRecords records = new TrialRecords();
        Map<String, @Nullable Object> outputs = Map.of();
        @Nullable String refusal = null;
        try (AttemptLog log =
                        new AttemptLog(records, clock, NO_RUN, order.step().step(), false);
                StatementWatch watch = StatementWatch.start(hearts.get())) {
            StepRun run = new StepRun(
                    task,
                    new StepScripts(connection.dialect(), tables, order.explain() || task.explain()),
                    SqlStepValues.of(definition, task.head(), order.step(), order.key(), NO_RUN),
                    new ScriptRunner(watch, log, 1),
                    log,
                    1);
            if (SqlTask.step(definition, order.step().step()) instanceof CheckStep) {
                run.verify(open);
            } else {
                outputs = run.perform(open);
            }
        } catch (ApplicationFailure refused) {
            if (refused.getType().equals(SqlFailures.LASTING)) {
                throw refused;
            }
            refusal = refused.getType() + ": " + refused.getOriginalMessage();
        }
        return records.trial(outputs, refusal);
    }
}
