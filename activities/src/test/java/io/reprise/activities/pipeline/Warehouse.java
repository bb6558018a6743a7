package io.reprise.activities.pipeline;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.activities.saga.TestSteps;
import io.reprise.activities.shared.TestDatabase;
import io.reprise.activities.sql.Heart;
import io.reprise.activities.sql.StatementLimit;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.db.run.RunCheck;
import io.reprise.db.run.RunStatement;
import io.reprise.workflows.pipeline.PipelineStep;
import io.reprise.workflows.pipeline.SlotValue;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A connection {@code warehouse} with its kit, and one run of a pipeline on it. */
final class Warehouse implements AutoCloseable {

    static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final AtomicInteger RUNS = new AtomicInteger();

    final TestDatabase database;
    final HikariDataSource pool;
    final List<RunStatement> statements = new ArrayList<>();
    final List<RunCheck> checks = new ArrayList<>();
    private final StepRecords records = new StepRecords() {
        @Override
        public void ran(List<RunStatement> ran) {
            statements.addAll(ran);
        }

        @Override
        public void checked(List<RunCheck> checked) {
            checks.addAll(checked);
        }
    };

    Warehouse(TestDatabase database, String url) {
        this.database = database;
        this.pool = database.pool(url, 6);
        KitMigrations.migrate(pool);
    }

    SqlPipelineSteps steps(PipelineDefinition definition) {
        return steps(definition, doing -> {});
    }

    SqlPipelineSteps steps(PipelineDefinition definition, Heart heart) {
        return steps(definition, heart, StatementLimit.NONE);
    }

    SqlPipelineSteps steps(PipelineDefinition definition, Heart heart, StatementLimit limit) {
        return new SqlPipelineSteps(connection(limit), hash -> definition, records, Clock.systemUTC(), () -> heart);
    }

    SqlConnection connection() {
        return connection(StatementLimit.NONE);
    }

    private SqlConnection connection(StatementLimit limit) {
        return new SqlConnection(
                "warehouse",
                database.dialect(),
                pool::getConnection,
                TestSteps.on(database.dialect(), pool, TestSteps.noLedger(), Duration.ofMinutes(3)),
                limit);
    }

    /** A run that nobody had before. */
    WorkflowId newRun(PipelineDefinition definition) {
        return new WorkflowId("pipeline/" + definition.name().value() + "/r" + RUNS.incrementAndGet());
    }

    static StepCall call(WorkflowId workflow, String stepId) {
        return new StepCall(workflow.step(stepId), "run of " + workflow, DAY, 1, false);
    }

    static UndoCall undo(WorkflowId workflow, String stepId) {
        return new UndoCall(workflow.step(stepId), "run of " + workflow, DAY, 1, Forward.FAILED, "later");
    }

    @SuppressWarnings("NullAway") // the class file of a record does not tell that its values may be null
    static PipelineStep step(
            PipelineDefinition definition,
            String stepId,
            @Nullable SlotValue slot,
            Map<String, @Nullable Object> parameters,
            Map<String, @Nullable Object> outputs) {
        return new PipelineStep(definition.hash(), stepId, slot, parameters, outputs);
    }

    static PipelineStep step(PipelineDefinition definition, String stepId, Map<String, @Nullable Object> parameters) {
        return step(definition, stepId, null, parameters, Map.of());
    }

    long number(String sql) {
        return database.number(pool, sql);
    }

    void execute(String... statements) {
        database.execute(pool, statements);
    }

    @Override
    public void close() {
        pool.close();
    }
}
