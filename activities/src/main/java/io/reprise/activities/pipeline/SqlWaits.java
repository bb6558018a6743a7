package io.reprise.activities.pipeline;

import io.reprise.activities.sql.Heart;
import io.reprise.activities.sql.Output;
import io.reprise.activities.sql.ScriptOutcome;
import io.reprise.activities.sql.ScriptRunner;
import io.reprise.activities.sql.SqlOutcome;
import io.reprise.activities.sql.StatementWatch;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.StepDefinition;
import io.reprise.catalog.pipeline.WaitFor;
import io.reprise.catalog.pipeline.WaitStep;
import io.reprise.workflows.pipeline.NotYet;
import io.reprise.workflows.pipeline.PipelineStep;
import io.reprise.workflows.pipeline.StepResult;
import io.reprise.workflows.pipeline.WaitSteps;
import io.reprise.workflows.saga.StepCall;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Looks for rows on one connection. A look changes nothing: what its SQL changes nevertheless is rolled back. */
public final class SqlWaits implements WaitSteps {

    private final SqlConnection connection;
    private final Function<String, PipelineDefinition> definitions;
    private final StepRecords records;
    private final Clock clock;

    /** @param definitions finds a definition by its hash; asked for each look, so it should remember */
    public SqlWaits(
            SqlConnection connection,
            Function<String, PipelineDefinition> definitions,
            StepRecords records,
            Clock clock) {
        this.connection = connection;
        this.definitions = definitions;
        this.records = records;
        this.clock = clock;
    }

    @Override
    public StepResult look(StepCall call, PipelineStep step) {
        PipelineDefinition definition = definitions.apply(step.definition());
        StepDefinition wait = SqlTask.step(definition, step.step());
        if (!(wait instanceof WaitStep waiting && waiting.what() instanceof WaitFor.Rows rows)) {
            throw new IllegalArgumentException("cannot look for step '" + step.step() + "' of " + definition.name()
                    + " in a database: it is another kind (expected: a wait for sql)");
        }
        SqlStepValues values = SqlStepValues.of(definition, wait.head(), step, call.key(), call.runId());
        try (AttemptLog log = new AttemptLog(records, clock, call.runId(), step.step(), false);
                StatementWatch watch = connection.watch(Heart.ofActivity())) {
            return connection.steps().read(call, transaction -> {
                StageTables tables = new Stages(connection, clock)
                        .known(transaction.connection(), definition, call.key().workflowId());
                StepScripts scripts = new StepScripts(connection.dialect(), tables.names(), false);
                ScriptRunner runner = new ScriptRunner(watch, log, transaction.attempt());
                return found(transaction.connection(), runner, scripts, rows, values, step.step());
            });
        }
    }

    private static StepResult found(
            Connection open,
            ScriptRunner runner,
            StepScripts scripts,
            WaitFor.Rows rows,
            SqlStepValues values,
            String stepId)
            throws SQLException {
        ScriptOutcome outcome = runner.run(open, scripts.of(rows.sql(), values.parameters()));
        boolean there = outcome.answer()
                .map(SqlOutcome::first)
                .filter(first -> !first.isEmpty())
                .isPresent();
        if (!there) {
            throw NotYet.because("no row yet for " + rows.sql().file() + " (expected: one or more)");
        }
        Map<String, Output> wanted = new LinkedHashMap<>();
        rows.outputs()
                .forEach(output -> wanted.put(
                        output.name(), new Output.Column(output.column().orElse(output.name()))));
        return StepResult.of(stepId, outcome.outputs(wanted));
    }
}
