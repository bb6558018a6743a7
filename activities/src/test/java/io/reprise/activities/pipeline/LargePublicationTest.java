package io.reprise.activities.pipeline;

import static io.reprise.activities.pipeline.Definitions.head;
import static io.reprise.activities.pipeline.Definitions.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.activities.shared.TestDatabase;
import io.reprise.catalog.pipeline.Output;
import io.reprise.catalog.pipeline.OutputSource;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PublishStep;
import io.reprise.catalog.pipeline.TableDefinition;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Undone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table of a million rows: compared one by one, without statistics or an index, this would take hours. */
@Tag("slow")
@Timeout(300)
class LargePublicationTest {

    /** H2 compares row by row within this process. */
    private static int rows(TestDatabase database) {
        return switch (database) {
            case POSTGRESQL, MARIADB, SQLITE -> 1_000_000;
            case H2 -> 100_000;
        };
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aMillionRowsAreReplacedByWhatDiffersAndRestored(TestDatabase database) {
        PipelineDefinition definition = definition(database);
        int rows = rows(database);
        try (Warehouse warehouse = new Warehouse(database, database.newDatabase())) {
            warehouse.execute("create table big (n bigint primary key, region varchar(10) not null, amount bigint)");
            SqlPipelineSteps steps = warehouse.steps(definition);

            assertThat(publish(warehouse, steps, definition, 1)).isEqualTo("{changed=0, new=" + rows + "}");
            assertThat(publish(warehouse, steps, definition, 1)).isEqualTo("{changed=0, new=0}");
            WorkflowId run = warehouse.newRun(definition);
            assertThat(publish(run, steps, definition, 2)).isEqualTo("{changed=" + rows / 100 + ", new=0}");

            assertThat(steps.unpublish(Warehouse.undo(run, "apply"))).isEqualTo(Undone.COMPENSATED);
            assertThat(warehouse.number("select count(*) from big where amount = n"))
                    .isEqualTo(rows);
        }
    }

    private static String publish(
            Warehouse warehouse, SqlPipelineSteps steps, PipelineDefinition definition, int factor) {
        return publish(warehouse.newRun(definition), steps, definition, factor);
    }

    private static String publish(WorkflowId run, SqlPipelineSteps steps, PipelineDefinition definition, int factor) {
        Map<String, Object> parameters = Map.of("region", "EU", "quantity", factor);
        steps.run(Warehouse.call(run, "capture"), Warehouse.step(definition, "capture", Map.copyOf(parameters)));
        return steps.publish(Warehouse.call(run, "apply"), Warehouse.step(definition, "apply", Map.copyOf(parameters)))
                .outputs()
                .toString();
    }

    private static PipelineDefinition definition(TestDatabase database) {
        int rows = rows(database);
        String numbers = switch (database) {
            case POSTGRESQL -> "(select n from generate_series(1, " + rows + ") as n) numbers";
            case MARIADB -> "(select seq as n from seq_1_to_" + rows + ") numbers";
            case SQLITE ->
                "(with recursive r (n) as (select 1 union all select n + 1 from r where n < " + rows
                        + ") select n from r) numbers";
            case H2 -> "(select x as n from system_range(1, " + rows + ")) numbers";
        };
        return Definitions.of(
                List.of(
                        new TableDefinition.Target(
                                "target", "warehouse", Optional.empty(), "big", Optional.of("region = :region")),
                        new TableDefinition.Stage("stage", "warehouse", "target", Duration.ofDays(7))),
                List.of(
                        step(
                                head("capture"),
                                "insert into {stage} (n, region, amount) select n, :region,"
                                        + " case when n % 100 = 0 then n * :quantity else n end from " + numbers),
                        new PublishStep(
                                head("apply", "capture"),
                                "warehouse",
                                "stage",
                                "target",
                                List.of("n"),
                                true,
                                List.of(
                                        new Output("new", OutputSource.INSERTED, Optional.empty()),
                                        new Output("changed", OutputSource.UPDATED, Optional.empty())))));
    }
}
