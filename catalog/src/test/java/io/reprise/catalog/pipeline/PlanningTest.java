package io.reprise.catalog.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.workflows.pipeline.HookPoint;
import io.reprise.workflows.pipeline.HookPoint.Occasion;
import io.reprise.workflows.pipeline.OutputName;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.pipeline.PlannedStep;
import io.reprise.workflows.pipeline.StepEnd;
import io.reprise.workflows.pipeline.StepKind;
import io.reprise.workflows.saga.Deadline;
import io.reprise.workflows.saga.FailurePolicy;
import io.reprise.workflows.saga.StepGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanningTest {

    @TempDir
    private Path root;

    @Test
    void theShopsPipelinesAreAllPlanned() {
        Definitions shop = DefinitionsReader.read(Path.of("..", "examples", "shop"), Optional.empty(), Map.of());

        assertThat(shop.pipelines())
                .extracting(PipelineDefinition::plan)
                .allSatisfy(plan -> assertThat(plan.steps()).isNotEmpty());
        Plan report = shop.pipeline("nightly-report").orElseThrow().plan();
        assertThat(report.failure()).isEqualTo(FailurePolicy.HOLD);
        assertThat(report.steps())
                .extracting(PlannedStep::kind)
                .containsExactly(StepKind.WAIT, StepKind.SQL, StepKind.COMMAND);
        assertThat(report.steps())
                .extracting(PlannedStep::queue)
                .containsExactly("sql.warehouse", "sql.warehouse", "pipeline");
        assertThat(step(report, "report").turn().reads())
                .containsExactly(new OutputName("count.products"), new OutputName("count.revenue"));
        assertThat(step(report, "sales-are-there").terms().within())
                .isEqualTo(new Deadline(Duration.ofHours(6), "wait-timeout"));
        assertThat(report.hooks())
                .containsExactly(HookPoint.ofRun(Occasion.SUCCESS), HookPoint.ofRun(Occasion.FAILURE));
    }

    @Test
    void stepsAreUndoneUpToThePivotAndNeverFromItOn() {
        Plan order = DefinitionsReader.read(Path.of("..", "examples", "shop"), Optional.empty(), Map.of())
                .pipeline("order-in-sql")
                .orElseThrow()
                .plan();

        assertThat(order.steps())
                .extracting(PlannedStep::end)
                .containsExactly(StepEnd.UNDONE, StepEnd.UNDONE, StepEnd.UNDONE, StepEnd.PIVOT);
        assertThat(step(order, "complete").turn().needs())
                .containsExactly("create_order", "reserve_stock", "debit_account");
    }

    @Test
    void aStepStandsAfterThoseItNeedsWhereverItIsWritten() {
        Plan plan = plan("""
                - {id: report, needs: [load, look], sql: "insert into t select :look.n", undo: "delete from t where n = :look.n"}
                - {id: load, needs: [], for-each: {values: [EU, US], as: region, parallel: 2}, sql: "insert into t values (:region)"}
                - {id: look, needs: load, sql: "select n from t", outputs: {n: {column: n}}, when: {full: true}}
                - {id: slow, timeout: 2m, guarantee: idempotent, sql: "analyze t", if-fails: continue}
                - {id: yes, wait: {approval: "Go?", within: 1h, else: {refuse: nobody-there}}}
                """);

        assertThat(plan.steps())
                .extracting(PlannedStep::id)
                .containsExactly("load[EU]", "load[US]", "look", "report", "slow", "yes");
        assertThat(step(plan, "report").turn().reads()).containsExactly(new OutputName("look.n"));
        assertThat(step(plan, "load[US]").turn().group()).isEqualTo(new StepGroup("load", 2));
        assertThat(step(plan, "look").turn().when()).hasSize(1);
        assertThat(step(plan, "slow").terms().fenced()).isFalse();
        assertThat(step(plan, "slow").terms().heartbeat()).isEqualTo(Duration.ofSeconds(30));
        assertThat(step(plan, "slow").end().continues()).isTrue();
        assertThat(step(plan, "yes").kind()).isEqualTo(StepKind.APPROVAL);
        assertThat(step(plan, "yes").terms().within()).isEqualTo(new Deadline(Duration.ofHours(1), "nobody-there"));
        assertThat(plan.last()).extracting(PlannedStep::id).containsExactly("clean");
        assertThat(step(plan, "clean").turn().reads()).containsExactly(new OutputName("look.n"));
    }

    private Plan plan(String steps) {
        return new CatalogOnDisk(root)
                .file("pipelines/p/pipeline.yaml", """
                        pipeline: p
                        parameters: {full: {type: boolean, default: true}}
                        defaults: {connection: warehouse, timeout: 1m}
                        finally:
                          - {id: clean, sql: "delete from t where n = :look.n"}
                        steps:
                        """ + steps.indent(2))
                .pipeline("p")
                .plan();
    }

    private static PlannedStep step(Plan plan, String id) {
        return Stream.of(plan.steps(), plan.last())
                .flatMap(List::stream)
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
