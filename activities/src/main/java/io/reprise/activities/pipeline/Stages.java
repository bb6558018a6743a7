package io.reprise.activities.pipeline;

import io.reprise.activities.saga.Kit;
import io.reprise.activities.saga.KitTime;
import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.SqlFailures;
import io.reprise.activities.sql.StatementResult;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PublishStep;
import io.reprise.catalog.pipeline.TableDefinition;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.TableName;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables that the engine makes for runs. A stage belongs to one generation of a run; the first steps that fill it make it,
 * and those after them take the newest that there is, so that a generation which inherits steps inherits what they staged.
 *
 * <p>Refused: {@code stage-missing}, and {@code stage-lost} where a crash of the server emptied a stage that had rows.
 */
final class Stages {

    private static final Logger LOG = LoggerFactory.getLogger(Stages.class);

    /** So long can a publication be undone. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final Duration AFTER_PUBLICATION = Duration.ofHours(1);

    private final SqlConnection connection;
    private final SqlDialect dialect;
    private final Clock clock;
    private final String registry;

    Stages(SqlConnection connection, Clock clock) {
        this.connection = connection;
        this.dialect = connection.dialect();
        this.clock = clock;
        this.registry = Kit.table(dialect, "stage");
    }

    /** The tables of one step; makes the stages whose first step it is. */
    StageTables of(PipelineDefinition definition, String stepId, WorkflowId workflow) {
        StageUse use = new StageUse(definition);
        Map<String, TableName> names = targets(definition);
        List<TableName> used = new ArrayList<>();
        for (TableDefinition table : definition.tables()) {
            if (table instanceof TableDefinition.Stage stage && use.uses(stepId, stage.alias())) {
                TableName name = stage(definition, stage, workflow, use.making(stepId, stage.alias()));
                names.put(stage.alias(), name);
                used.add(name);
            }
        }
        return new StageTables(names, used);
    }

    /** The tables that an undo, or a look, may name: a stage only where there is one. */
    StageTables known(Connection open, PipelineDefinition definition, WorkflowId workflow) throws SQLException {
        Map<String, TableName> names = targets(definition);
        for (TableDefinition table : definition.tables()) {
            if (table instanceof TableDefinition.Stage stage) {
                find(open, workflow, stage.alias()).ifPresent(name -> names.put(stage.alias(), name));
            }
        }
        return new StageTables(names, List.of());
    }

    /** The stage that a publication takes: without one, nothing was staged, and nobody may take that for an empty slot. */
    TableName required(String alias, WorkflowId workflow) {
        return find(workflow, alias).orElseThrow(() -> missing(alias, workflow));
    }

    private static RuntimeException missing(String alias, WorkflowId workflow) {
        return Refusal.because(
                "stage-missing",
                "cannot go on with {" + alias + "} of " + workflow
                        + ": no step of the run has made it, or its time is over (expected: a step that fills it)");
    }

    private Map<String, TableName> targets(PipelineDefinition definition) {
        Map<String, TableName> names = new TreeMap<>();
        for (TableDefinition table : definition.tables()) {
            if (table instanceof TableDefinition.Target target
                    && target.connection().equals(connection.name())) {
                names.put(target.alias(), new TableName(target.schema(), target.name()));
            }
        }
        return names;
    }

    private TableName stage(
            PipelineDefinition definition, TableDefinition.Stage stage, WorkflowId workflow, StageUse.Making making) {
        TableName own = name(definition, stage, workflow);
        Optional<TableName> newest = find(workflow, stage.alias());
        if (newest.isPresent() && (making != StageUse.Making.OWN || newest.get().equals(own))) {
            return newest.get();
        }
        if (making == StageUse.Making.NEVER) {
            throw missing(stage.alias(), workflow);
        }
        make(own, definition, stage, workflow);
        return own;
    }

    private TableName name(PipelineDefinition definition, TableDefinition.Stage stage, WorkflowId workflow) {
        String like = definition
                .table(stage.like())
                .filter(TableDefinition.Target.class::isInstance)
                .map(it -> ((TableDefinition.Target) it).name())
                .orElse(stage.alias());
        return KitTables.named(dialect, "stage", like, workflow.value() + "/" + stage.alias());
    }

    private Optional<TableName> find(WorkflowId workflow, String alias) {
        return inTransaction("find stage {" + alias + "} of " + workflow, open -> find(open, workflow, alias));
    }

    private Optional<TableName> find(Connection open, WorkflowId workflow, String alias) throws SQLException {
        StatementResult found = new Pipeline()
                .add(
                        "select stage_table from " + registry
                                + " where workflow_id = ? and alias = ? and generation <= ?"
                                + " order by generation desc limit 1",
                        workflow.generation(1).value(),
                        alias,
                        workflow.generation())
                .run(dialect, open)
                .getFirst();
        return found.rows().stream().findFirst().map(row -> KitTables.of(dialect, row.text(0)));
    }

    /** May be repeated at any point, by any number of steps at once. */
    private void make(TableName own, PipelineDefinition definition, TableDefinition.Stage stage, WorkflowId workflow) {
        TableDefinition like = definition.table(stage.like()).orElseThrow();
        TableName target = like instanceof TableDefinition.Target it
                ? new TableName(it.schema(), it.name())
                : TableName.of(stage.like());
        inTransaction("make stage {" + stage.alias() + "} of " + workflow, open -> {
            KitTables.create(dialect, open, own, target);
            register(open, own, workflow, stage.alias(), stage.keepOnFailure());
            open.commit();
            return own;
        });
        KitTables.index(connection, own, keyOf(definition, stage));
    }

    /** The table for what a publication replaces; where DDL would commit, before its transaction. */
    void prepareKept(TableName kept, TableName target, WorkflowId workflow, PublishStep step) {
        inTransaction("keep what " + workflow + " replaces in " + target, open -> {
            if (dialect != SqlDialect.POSTGRESQL) {
                KitTables.createKept(dialect, open, kept, target);
            }
            register(open, kept, workflow, "kept:" + step.id(), KEPT);
            open.commit();
            return kept;
        });
        KitTables.index(connection, kept, step.key());
    }

    /** Its rows are published: it is kept for whoever looks at it now. */
    void release(Connection open, TableName stage) throws SQLException {
        new Pipeline()
                .add(
                        "update " + registry + " set keep_until = ? where stage_table = ?",
                        KitTime.value(dialect, clock.instant().plus(AFTER_PUBLICATION)),
                        stage.name())
                .run(dialect, open);
    }

    void drop(TableName table) {
        inTransaction("drop " + table, open -> {
            new Pipeline().add("drop table if exists " + dialect.quote(table)).run(dialect, open);
            new Pipeline()
                    .add("delete from " + registry + " where stage_table = ?", table.name())
                    .run(dialect, open);
            open.commit();
            return table;
        });
    }

    /** From here on it is known, and dropped when its time is over. */
    void register(Connection open, TableName table, WorkflowId workflow, String alias, Duration keep)
            throws SQLException {
        KitTables.insertOnce(
                dialect,
                open,
                "stage",
                "stage_table, workflow_id, generation, alias, made_at, keep_until, filled",
                table.name(),
                workflow.generation(1).value(),
                workflow.generation(),
                alias,
                KitTime.value(dialect, clock.instant()),
                KitTime.value(dialect, clock.instant().plus(keep)),
                0);
    }

    private static List<String> keyOf(PipelineDefinition definition, TableDefinition.Stage stage) {
        return definition.steps().stream()
                .filter(step ->
                        step instanceof PublishStep publish && publish.from().equals(stage.alias()))
                .map(step -> ((PublishStep) step).key())
                .findFirst()
                .orElse(List.of());
    }

    /** PostgreSQL empties an unlogged table after a crash; nobody may take that for what was staged. */
    void refuseLost(Connection open, StageTables tables) throws SQLException {
        if (dialect != SqlDialect.POSTGRESQL) {
            return;
        }
        for (TableName stage : tables.stages()) {
            boolean lost = new Pipeline()
                            .add(
                                    "select 1 from " + registry + " where stage_table = ? and filled = 1 and not exists"
                                            + " (select 1 from " + dialect.quote(stage) + ")",
                                    stage.name())
                            .run(dialect, open)
                            .getFirst()
                            .count()
                    > 0;
            if (lost) {
                throw Refusal.because(
                        "stage-lost",
                        "cannot go on with stage " + stage + ": it had rows, and a crash of its server emptied it"
                                + " (expected: its rows; retry the run)");
            }
        }
    }

    void noteFilled(Connection open, StageTables tables) throws SQLException {
        if (dialect != SqlDialect.POSTGRESQL) {
            return;
        }
        for (TableName stage : tables.stages()) {
            new Pipeline()
                    .add(
                            "update " + registry
                                    + " set filled = now.filled from (select case when exists (select 1 from "
                                    + dialect.quote(stage) + ") then 1 else 0 end as filled) as now"
                                    + " where stage_table = ? and stage.filled <> now.filled",
                            stage.name())
                    .run(dialect, open);
        }
    }

    /** Without knowing how many rows are staged a database compares them one by one. Its failure costs time only. */
    void analyze(StageTables tables) {
        for (TableName stage : tables.stages()) {
            try (Connection open = connection.pool().getConnection()) {
                open.setAutoCommit(true);
                new Pipeline().add(KitTables.analyze(dialect, stage)).run(dialect, open);
            } catch (SQLException failure) {
                LOG.warn("Cannot analyze stage {}, what reads it may be slow: {}", stage, failure.getMessage());
            }
        }
    }

    <R> R inTransaction(String tried, Work<R> work) {
        try (Connection open = connection.pool().getConnection()) {
            try {
                R done = work.on(open);
                open.rollback();
                return done;
            } catch (SQLException failure) {
                open.rollback();
                throw failure;
            }
        } catch (SQLException failure) {
            throw SqlFailures.of(dialect, tried, failure);
        }
    }

    @FunctionalInterface
    interface Work<R> {
        R on(Connection open) throws SQLException;
    }
}
