package io.reprise.activities.pipeline;

import io.reprise.activities.sql.Pipeline;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.TableDefinition;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.TableName;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.saga.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tables that a step may name while it is tried: stages that it would make are temporary ones, and those that steps before
 * it fill are the ones of the newest run of its slot.
 */
final class TrialStages {

    private final SqlConnection connection;
    private final Clock clock;
    private final PipelineDefinition definition;
    private final StepKey key;
    private final List<TableName> made = new ArrayList<>();

    TrialStages(SqlConnection connection, Clock clock, PipelineDefinition definition, StepKey key) {
        this.connection = connection;
        this.clock = clock;
        this.definition = definition;
        this.key = key;
    }

    /** Refused with {@code stage-missing} where the step reads what no run has kept. */
    Map<String, TableName> make(Connection open) throws SQLException {
        Map<String, TableName> names = new TreeMap<>(new Stages(connection, clock)
                .known(open, definition, key.workflowId())
                .names());
        StageUse use = new StageUse(definition);
        for (TableDefinition table : definition.tables()) {
            if (table instanceof TableDefinition.Stage stage && use.uses(key.stepId(), stage.alias())) {
                if (use.isFirst(key.stepId(), stage.alias())) {
                    names.put(stage.alias(), temporary(open, stage));
                } else if (!names.containsKey(stage.alias())) {
                    throw Refusal.because(
                            "stage-missing",
                            "cannot try '" + key.stepId() + "': it reads {" + stage.alias()
                                    + "}, which steps before it fill, and no run of " + key.workflowId()
                                    + " has kept one (expected: a run that failed, or was held, before it published)");
                }
            }
        }
        return names;
    }

    private TableName temporary(Connection open, TableDefinition.Stage stage) throws SQLException {
        TableDefinition.Target like = definition
                .table(stage.like())
                .filter(TableDefinition.Target.class::isInstance)
                .map(TableDefinition.Target.class::cast)
                .orElseThrow();
        TableName name =
                TableName.of("reprise_trial_" + KitTables.hash(key.value()).substring(0, 16) + made.size());
        SqlDialect dialect = connection.dialect();
        String sort = dialect == SqlDialect.H2 ? "create local temporary table " : "create temporary table ";
        made.add(name);
        new Pipeline()
                .add(sort + dialect.quote(name) + " as select * from "
                        + dialect.quote(new TableName(like.schema(), like.name())) + " where 1 = 0")
                .run(dialect, open);
        return name;
    }

    /** Some databases keep a temporary table after the rollback, for as long as the session lasts. */
    void drop(Connection open) throws SQLException {
        SqlDialect dialect = connection.dialect();
        for (TableName name : made) {
            String sort = dialect == SqlDialect.MARIADB || dialect == SqlDialect.MYSQL ? "temporary table" : "table";
            new Pipeline()
                    .add("drop " + sort + " if exists " + dialect.quote(name))
                    .run(dialect, open);
        }
        if (!made.isEmpty()) {
            open.commit();
        }
    }
}
