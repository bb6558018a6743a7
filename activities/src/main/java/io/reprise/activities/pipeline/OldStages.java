package io.reprise.activities.pipeline;

import io.reprise.activities.saga.Kit;
import io.reprise.activities.saga.KitTime;
import io.reprise.activities.sql.Pipeline;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.workflows.run.WorkflowId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Stages and replaced versions whose time is over. What a run that is under way may still need is kept. */
final class OldStages {

    private static final Duration WHILE_UNDER_WAY = Duration.ofHours(1);

    private final Stages stages;
    private final SqlDialect dialect;
    private final Clock clock;
    private final Predicate<WorkflowId> isUnderWay;
    private final String registry;

    OldStages(SqlConnection connection, Clock clock, Predicate<WorkflowId> isUnderWay) {
        this.stages = new Stages(connection, clock);
        this.dialect = connection.dialect();
        this.clock = clock;
        this.isUnderWay = isUnderWay;
        this.registry = Kit.table(dialect, "stage");
    }

    /** Drops up to a hundred, and answers how many. */
    int sweep() {
        int dropped = 0;
        for (Old old : find()) {
            if (isUnderWay.test(old.run())) {
                keep(old);
            } else {
                stages.drop(KitTables.of(dialect, old.table()));
                dropped++;
            }
        }
        return dropped;
    }

    private List<Old> find() {
        return stages.inTransaction(
                "find old stages",
                open -> new Pipeline()
                                .add(
                                        "select stage_table, workflow_id, generation from " + registry
                                                + " where keep_until < ? order by keep_until limit 100",
                                        KitTime.value(dialect, clock.instant()))
                                .run(dialect, open)
                                .getFirst()
                                .rows()
                                .stream()
                                .map(row -> new Old(
                                        row.text(0),
                                        new WorkflowId(row.text(1)).generation(Math.toIntExact(row.number(2)))))
                                .toList());
    }

    private void keep(Old old) {
        stages.inTransaction("keep " + old.table(), open -> {
            new Pipeline()
                    .add(
                            "update " + registry + " set keep_until = ? where stage_table = ?",
                            KitTime.value(dialect, clock.instant().plus(WHILE_UNDER_WAY)),
                            old.table())
                    .run(dialect, open);
            open.commit();
            return old;
        });
    }

    private record Old(String table, WorkflowId run) {}
}
