package io.reprise.activities.pipeline;

import io.reprise.activities.saga.StepTransaction;
import io.reprise.activities.sql.Heart;
import io.reprise.activities.sql.ScriptOutcome;
import io.reprise.activities.sql.ScriptRunner;
import io.reprise.activities.sql.SqlFailures;
import io.reprise.activities.sql.StatementWatch;
import io.reprise.catalog.pipeline.Guarantee;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PublishStep;
import io.reprise.catalog.pipeline.SqlSource;
import io.reprise.catalog.sql.TableName;
import io.reprise.workflows.pipeline.PipelineStep;
import io.reprise.workflows.pipeline.SqlSteps;
import io.reprise.workflows.pipeline.StepResult;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does the steps of pipelines on one connection. A step is one transaction behind the fence of its database; one that
 * promises less runs outside of it, and its fence keeps only that it is done.
 *
 * <p>Refused: {@code check-failed}, {@code expectation-failed} or the reason that the definition gives, and what
 * {@link Publication} refuses.
 */
public final class SqlPipelineSteps implements SqlSteps {

    private final SqlConnection connection;
    private final Function<String, PipelineDefinition> definitions;
    private final StepRecords records;
    private final Clock clock;
    private final Supplier<Heart> hearts;
    private final Stages stages;

    /** @param definitions finds a definition by its hash; asked for each attempt, so it should remember */
    public SqlPipelineSteps(
            SqlConnection connection,
            Function<String, PipelineDefinition> definitions,
            StepRecords records,
            Clock clock) {
        this(connection, definitions, records, clock, Heart::ofActivity);
    }

    SqlPipelineSteps(
            SqlConnection connection,
            Function<String, PipelineDefinition> definitions,
            StepRecords records,
            Clock clock,
            Supplier<Heart> hearts) {
        this.connection = connection;
        this.definitions = definitions;
        this.records = records;
        this.clock = clock;
        this.hearts = hearts;
        this.stages = new Stages(connection, clock);
    }

    @Override
    public StepResult run(StepCall call, PipelineStep step) {
        PipelineDefinition definition = definitions.apply(step.definition());
        SqlTask task = SqlTask.of(definition, step.step());
        StageTables tables = connection
                .steps()
                .before(
                        call,
                        () -> stages.of(definition, step.step(), call.key().workflowId()));
        try (AttemptLog log = log(call, step);
                StatementWatch watch = connection.watch(hearts.get())) {
            Attempts attempts = attempt -> new StepRun(
                    task,
                    new StepScripts(connection.dialect(), tables.names(), task.explain()),
                    SqlStepValues.of(definition, task.head(), step, call.key(), call.runId()),
                    new ScriptRunner(watch, log, attempt),
                    log,
                    attempt);
            RecordedStep recorded = task.guarantee() == Guarantee.FENCED
                    ? fenced(call, step, tables, attempts)
                    : unfenced(call, step, attempts);
            stages.analyze(tables);
            return StepResult.of(step.step(), recorded.outputs());
        }
    }

    private RecordedStep fenced(StepCall call, PipelineStep step, StageTables tables, Attempts attempts) {
        return connection.steps().forward(call, step, RecordedStep.class, transaction -> {
            stages.refuseLost(transaction.connection(), tables);
            StepRun run = attempts.run(transaction.attempt());
            Map<String, @Nullable Object> outputs = run.perform(transaction.connection());
            stages.noteFilled(transaction.connection(), tables);
            return record(transaction, step, run, outputs);
        });
    }

    /** Between the effect and its fence the step may be repeated: that is what it promises. */
    private RecordedStep unfenced(StepCall call, PipelineStep step, Attempts attempts) {
        Optional<RecordedStep> stored = connection.steps().stored(call, step, RecordedStep.class);
        if (stored.isPresent()) {
            return stored.get();
        }
        StepRun run = attempts.run(connection.steps().attempt());
        Map<String, @Nullable Object> outputs = outside(call, run);
        return connection
                .steps()
                .forward(call, step, RecordedStep.class, transaction -> record(transaction, step, run, outputs));
    }

    private static RecordedStep record(
            StepTransaction transaction, PipelineStep step, StepRun run, Map<String, @Nullable Object> outputs) {
        transaction.changed(run.changed());
        if (!outputs.isEmpty()) {
            transaction.handOn(AttemptLog.json(outputs));
        }
        return RecordedStep.of(step, outputs);
    }

    private Map<String, @Nullable Object> outside(StepCall call, StepRun run) {
        try (Connection open = connection.pool().getConnection()) {
            open.setAutoCommit(true);
            return run.perform(open);
        } catch (SQLException failure) {
            throw SqlFailures.of(connection.dialect(), "run " + call.key(), failure);
        }
    }

    @Override
    public StepResult check(StepCall call, PipelineStep step) {
        PipelineDefinition definition = definitions.apply(step.definition());
        SqlTask task = SqlTask.of(definition, step.step());
        StageTables tables = connection
                .steps()
                .before(
                        call,
                        () -> stages.of(definition, step.step(), call.key().workflowId()));
        try (AttemptLog log = log(call, step);
                StatementWatch watch = connection.watch(hearts.get())) {
            return connection.steps().read(call, transaction -> {
                stages.refuseLost(transaction.connection(), tables);
                new StepRun(
                                task,
                                new StepScripts(connection.dialect(), tables.names(), task.explain()),
                                SqlStepValues.of(definition, task.head(), step, call.key(), call.runId()),
                                new ScriptRunner(watch, log, transaction.attempt()),
                                log,
                                transaction.attempt())
                        .verify(transaction.connection());
                return StepResult.nothing();
            });
        }
    }

    @Override
    public Undone undo(UndoCall call) {
        try (AttemptLog log = undoLog(call);
                StatementWatch watch = connection.watch(hearts.get())) {
            return connection.steps().undo(call, RecordedStep.class, (transaction, recorded) -> {
                PipelineDefinition definition = definitions.apply(recorded.definition());
                SqlTask task = SqlTask.of(definition, call.key().stepId());
                SqlSource undo = task.undo()
                        .orElseThrow(() -> new IllegalStateException("cannot undo " + call.key()
                                + ": its definition has no undo (expected: one, since it was declared with one)"));
                SqlStepValues values = SqlStepValues.of(
                        definition, task.head(), recorded.request(task.head().id()), call.key(), call.runId());
                recorded.outputs()
                        .forEach((name, value) -> values.hand(task.head().id(), name, value));
                StageTables tables = stages.known(
                        transaction.connection(), definition, call.key().workflowId());
                ScriptOutcome outcome = new ScriptRunner(watch, log, transaction.attempt())
                        .run(
                                transaction.connection(),
                                new StepScripts(connection.dialect(), tables.names(), task.explain())
                                        .of(undo, values.parameters()));
                transaction.changed(outcome.changed());
            });
        }
    }

    @Override
    public StepResult publish(StepCall call, PipelineStep step) {
        PipelineDefinition definition = definitions.apply(step.definition());
        PublishStep task = publishStep(definition, step.step());
        Publication publication = publication(definition, task, step, call.key(), call.runId());
        WorkflowId workflow = call.key().workflowId();
        TableName stage = connection.steps().before(call, () -> stages.required(task.from(), workflow));
        TableName kept = KitTables.named(
                connection.dialect(),
                "kept",
                publication.target().name(),
                call.key().value());
        stages.prepareKept(kept, publication.target(), workflow, task);
        try (AttemptLog log = log(call, step);
                StatementWatch watch = connection.watch(hearts.get())) {
            RecordedStep recorded = connection.steps().forward(call, step, RecordedStep.class, transaction -> {
                stages.refuseLost(transaction.connection(), new StageTables(Map.of(), List.of(stage)));
                ScriptRunner runner = new ScriptRunner(watch, log, transaction.attempt());
                Publication.Published done = publication.publish(transaction, call.key(), stage, kept, runner, log);
                stages.release(transaction.connection(), stage);
                Map<String, @Nullable Object> outputs = publication.outputs(done.changes());
                if (!outputs.isEmpty()) {
                    transaction.handOn(AttemptLog.json(outputs));
                }
                return RecordedStep.of(step, outputs, done.replaced());
            });
            if (recorded.publication() == null || recorded.publication().kept() == null) {
                stages.drop(kept);
            }
            return StepResult.of(step.step(), recorded.outputs());
        }
    }

    @Override
    public Undone unpublish(UndoCall call) {
        try (AttemptLog log = undoLog(call);
                StatementWatch watch = connection.watch(hearts.get())) {
            return connection.steps().undo(call, RecordedStep.class, (transaction, recorded) -> {
                PipelineDefinition definition = definitions.apply(recorded.definition());
                PublishStep task = publishStep(definition, call.key().stepId());
                Replaced replaced =
                        Objects.requireNonNull(recorded.publication(), "a publication keeps what it replaced");
                Optional<TableName> kept =
                        Optional.ofNullable(replaced.kept()).map(name -> KitTables.of(connection.dialect(), name));
                publication(definition, task, recorded.request(task.id()), call.key(), call.runId())
                        .restore(
                                transaction,
                                call.key(),
                                replaced,
                                kept,
                                new ScriptRunner(watch, log, transaction.attempt()));
            });
        }
    }

    private Publication publication(
            PipelineDefinition definition, PublishStep task, PipelineStep step, StepKey key, String runId) {
        return new Publication(
                connection.dialect(),
                clock,
                definition,
                task,
                SqlStepValues.of(definition, task.head(), step, key, runId).parameters());
    }

    private static PublishStep publishStep(PipelineDefinition definition, String stepId) {
        if (SqlTask.step(definition, stepId) instanceof PublishStep publish) {
            return publish;
        }
        throw new IllegalArgumentException("cannot publish with step '" + stepId + "' of " + definition.name()
                + ": it is another kind (expected: publish)");
    }

    private AttemptLog log(StepCall call, PipelineStep step) {
        return new AttemptLog(records, clock, call.runId(), step.step(), false);
    }

    private AttemptLog undoLog(UndoCall call) {
        return new AttemptLog(records, clock, call.runId(), call.key().stepId(), true);
    }

    @FunctionalInterface
    private interface Attempts {
        StepRun run(int attempt);
    }
}
