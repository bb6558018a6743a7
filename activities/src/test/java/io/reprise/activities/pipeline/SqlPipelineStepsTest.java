package io.reprise.activities.pipeline;

import static io.reprise.activities.pipeline.Definitions.affected;
import static io.reprise.activities.pipeline.Definitions.check;
import static io.reprise.activities.pipeline.Definitions.column;
import static io.reprise.activities.pipeline.Definitions.head;
import static io.reprise.activities.pipeline.Definitions.part;
import static io.reprise.activities.pipeline.Definitions.sql;
import static io.reprise.activities.pipeline.Definitions.step;
import static io.reprise.activities.pipeline.Definitions.transaction;
import static io.reprise.activities.pipeline.Definitions.unfenced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reprise.activities.shared.TestDatabase;
import io.reprise.activities.sql.Heart;
import io.reprise.activities.sql.SqlFailures;
import io.reprise.catalog.pipeline.CheckDefinition;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.StepDefinition;
import io.reprise.catalog.pipeline.TransactionItem;
import io.reprise.db.run.RunStatement;
import io.reprise.workflows.pipeline.SlotKind;
import io.reprise.workflows.pipeline.SlotValue;
import io.reprise.workflows.pipeline.StepResult;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Undone;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@ParameterizedClass
@EnumSource(TestDatabase.class)
class SqlPipelineStepsTest {

    private static final Map<TestDatabase, String> URLS = new EnumMap<>(TestDatabase.class);
    private static final String TAKE =
            "update stock set available = available - :quantity where sku = :sku and available >= :quantity";
    private static final Map<String, @Nullable Object> THREE_PENS = Map.of("sku", "pen", "quantity", 3);

    private final TestDatabase database;
    private Warehouse warehouse;

    SqlPipelineStepsTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void open() {
        warehouse = new Warehouse(database, URLS.computeIfAbsent(database, TestDatabase::newDatabase));
        warehouse.execute(
                "create table if not exists stock (sku varchar(100) primary key, available bigint not null)",
                "create table if not exists taken (sku varchar(100), quantity bigint, note varchar(200))",
                "delete from stock",
                "delete from taken",
                "insert into stock values ('pen', 10), ('desk', 1)");
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void aRepeatedStepHandsOnWhatItDidOnce() {
        PipelineDefinition definition = definition(step(head("take"), part(TAKE, affected("rows")), Optional.empty()));
        SqlPipelineSteps steps = warehouse.steps(definition);
        WorkflowId run = warehouse.newRun(definition);

        StepResult first = steps.run(Warehouse.call(run, "take"), Warehouse.step(definition, "take", THREE_PENS));
        StepResult again = steps.run(Warehouse.call(run, "take"), Warehouse.step(definition, "take", THREE_PENS));

        assertThat(first.outputs().toString())
                .isEqualTo("{rows=1}")
                .isEqualTo(again.outputs().toString());
        assertThat(available("pen")).isEqualTo(7);
        assertThat(warehouse.statements).hasSize(1);
        assertThat(warehouse.statements.getFirst().rows()).hasValue(1);
        assertThat(warehouse.statements.getFirst().parameters()).contains("\"sku\":\"pen\"");
    }

    @Test
    void anExpectationThatFailsIsTheReasonAndLeavesNothing() {
        PipelineDefinition definition = definition(step(head("take"), part(TAKE, 1, "out-of-stock"), Optional.empty()));

        ApplicationFailure refused = refused(definition, "take", Map.of("sku", "desk", "quantity", 2));

        assertThat(refused.getType()).isEqualTo("out-of-stock");
        assertThat(refused.isNonRetryable()).isTrue();
        assertThat(refused.getCategory()).isEqualTo(ApplicationErrorCategory.BENIGN);
        assertThat(refused).hasMessageContaining("after step.sql: affected is 0 (expected: affected equals 1)");
    }

    @Test
    void anUndoReadsItsOwnStepsOutputsAndValuesFromTheFence() {
        PipelineDefinition definition = definition(
                step(head("count"), part("select 4 as best", column("best")), Optional.empty()),
                step(
                        head("take", Map.of("note", "taken by hand", "much", ":count.best"), "count"),
                        part("""
                                update stock set available = available - :much where sku = :sku;
                                insert into taken (sku, quantity, note) values (:sku, :much, :note);
                                """, affected("rows")),
                        Optional.of("""
                                update stock set available = available + :much where sku = :sku;
                                update taken set note = 'given back' where :take.rows = 2 and note = :note;
                                """)));
        SqlPipelineSteps steps = warehouse.steps(definition);
        WorkflowId run = warehouse.newRun(definition);

        steps.run(
                Warehouse.call(run, "take"),
                Warehouse.step(definition, "take", null, Map.of("sku", "pen"), Map.of("count.best", 4)));
        assertThat(available("pen")).isEqualTo(6);

        assertThat(steps.undo(Warehouse.undo(run, "take"))).isEqualTo(Undone.COMPENSATED);
        assertThat(steps.undo(Warehouse.undo(run, "take"))).isEqualTo(Undone.COMPENSATED);
        assertThat(available("pen")).isEqualTo(10);
        assertThat(warehouse.number("select count(*) from taken where note = 'given back'"))
                .isEqualTo(1);
        assertThat(warehouse.statements).filteredOn(RunStatement::undo).hasSize(2);
    }

    @Test
    void anUndoThatComesFirstKeepsTheStepFromEverRunning() {
        PipelineDefinition definition = definition(step(head("take"), part(TAKE), Optional.of("delete from taken")));
        SqlPipelineSteps steps = warehouse.steps(definition);
        WorkflowId run = warehouse.newRun(definition);

        assertThat(steps.undo(Warehouse.undo(run, "take"))).isEqualTo(Undone.FENCED);

        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(
                        () -> steps.run(Warehouse.call(run, "take"), Warehouse.step(definition, "take", THREE_PENS)))
                .matches(ApplicationFailure::isNonRetryable);
        assertThat(available("pen")).isEqualTo(10);
    }

    @Test
    void aCheckWithinATransactionRollsItBack() {
        PipelineDefinition definition = definition(transaction(
                head("take"),
                new TransactionItem.Change(part("update stock set available = available - :quantity")),
                new TransactionItem.Verify(new CheckDefinition.NoRows(
                        "none-negative",
                        sql("negative.sql", "select sku, available from stock where available < 0"),
                        false))));

        ApplicationFailure refused = refused(definition, "take", THREE_PENS);

        assertThat(refused.getType()).isEqualTo("check-failed");
        assertThat(refused).hasMessageContaining("check none-negative found 1 offending row ");
        assertThat(available("desk")).isEqualTo(1);
        assertThat(warehouse.checks).singleElement().satisfies(found -> {
            assertThat(found.offending()).isEqualTo(1);
            assertThat(found.sample()).isEqualToIgnoringCase("[{\"sku\":\"desk\",\"available\":\"-2\"}]");
        });
    }

    @Test
    void expectationsReadOutputsOfPartsBefore() {
        PipelineDefinition definition = definition(transaction(
                head("copy"),
                new TransactionItem.Change(part("insert into taken (sku) select sku from stock", affected("n"))),
                new TransactionItem.Change(part("delete from stock where sku <> 'desk'", ":copy.n", "lost"))));

        assertThat(refused(definition, "copy", Map.of()).getType()).isEqualTo("lost");
        assertThat(warehouse.number("select count(*) from taken")).isZero();
    }

    @Test
    void allChecksOfAStepAreRunAndTheFirstTwentyRowsKept() {
        warehouse.execute("insert into stock " + numbers());
        PipelineDefinition definition = definition(check(
                head("verify"),
                new CheckDefinition.NoRows("few", sql("few.sql", "select sku from stock where available < 0"), false),
                new CheckDefinition.NoRows(
                        "many", sql("many.sql", "select sku from stock where sku like 'n%'"), false)));

        ApplicationFailure refused = catchThrowableOfType(
                ApplicationFailure.class,
                () -> warehouse
                        .steps(definition)
                        .check(
                                Warehouse.call(warehouse.newRun(definition), "verify"),
                                Warehouse.step(definition, "verify", Map.of())));

        assertThat(refused.getType()).isEqualTo("check-failed");
        assertThat(warehouse.checks)
                .extracting(it -> it.name() + " " + it.offending())
                .containsExactly("few 0", "many 30");
        assertThat(warehouse.checks.getLast().sample().split("sku|SKU")).hasSize(21);
    }

    @Test
    void wrongSqlNamesFileLineAndColumn() {
        PipelineDefinition definition = definition(step(head("take"), "update stock\nset availible = 1"));

        ApplicationFailure refused = refused(definition, "take", Map.of());

        assertThat(refused.getType()).isEqualTo(SqlFailures.LASTING);
        assertThat(refused.isNonRetryable()).isTrue();
        assertThat(refused).hasMessageContaining("at step.sql:2:5\n2 | set availible = 1\n  |     ^");
        assertThat(warehouse.statements.getLast().error()).isPresent();
    }

    @Test
    void aSlotGivesItsDayAndItsHalfOpenInstants() {
        PipelineDefinition definition = definition(step(
                head("slot"),
                part(
                        "select :slot as name, :slot_day as day_, :run_id as run_, :slot_end as end_",
                        column("name"),
                        column("day_"),
                        column("run_")),
                Optional.empty()));
        SlotValue slot = new SlotValue(
                "2026-03-29",
                SlotKind.DAY,
                ZoneId.of("Europe/Berlin"),
                Instant.parse("2026-03-28T23:00:00Z"),
                Instant.parse("2026-03-29T22:00:00Z"));
        WorkflowId run = warehouse.newRun(definition);

        StepResult result = warehouse
                .steps(definition)
                .run(Warehouse.call(run, "slot"), Warehouse.step(definition, "slot", slot, Map.of(), Map.of()));

        assertThat(result.outputs())
                .containsEntry("name", "2026-03-29")
                .containsEntry("day_", "2026-03-29")
                .containsEntry("run_", "run of " + run);
    }

    @Test
    void aStepThatPromisesLessRunsWithoutItsFenceAndIsDoneOnce() {
        String sql = database == TestDatabase.POSTGRESQL || database == TestDatabase.SQLITE
                ? "vacuum; insert into taken (sku) values (:sku)"
                : "create table if not exists made (n int); insert into taken (sku) values (:sku)";
        PipelineDefinition definition = definition(unfenced(head("tidy"), sql));
        SqlPipelineSteps steps = warehouse.steps(definition);
        WorkflowId run = warehouse.newRun(definition);

        steps.run(Warehouse.call(run, "tidy"), Warehouse.step(definition, "tidy", Map.of("sku", "pen")));
        steps.run(Warehouse.call(run, "tidy"), Warehouse.step(definition, "tidy", Map.of("sku", "pen")));

        assertThat(warehouse.number("select count(*) from taken")).isEqualTo(1);
    }

    @Test
    void aStatementEndsInItsDatabaseWhenTheRunIsCancelled() {
        PipelineDefinition definition = definition(step(head("endless"), database.endlessQuery()));
        Heart cancelled = new Heart() {
            @Override
            public void beat(String doing) {
                throw new ActivityCanceledException();
            }

            @Override
            public Duration pause() {
                return Duration.ofMillis(100);
            }
        };
        WorkflowId run = warehouse.newRun(definition);
        SqlPipelineSteps steps = warehouse.steps(definition, cancelled);

        assertThatExceptionOfType(ActivityCanceledException.class)
                .isThrownBy(() ->
                        steps.run(Warehouse.call(run, "endless"), Warehouse.step(definition, "endless", Map.of())));

        assertThat(steps.undo(Warehouse.undo(run, "endless"))).isEqualTo(Undone.FENCED);
    }

    private ApplicationFailure refused(
            PipelineDefinition definition, String stepId, Map<String, @Nullable Object> parameters) {
        ApplicationFailure failure = catchThrowableOfType(
                ApplicationFailure.class,
                () -> warehouse
                        .steps(definition)
                        .run(
                                Warehouse.call(warehouse.newRun(definition), stepId),
                                Warehouse.step(definition, stepId, parameters)));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static PipelineDefinition definition(StepDefinition... steps) {
        return Definitions.of(List.of(), List.of(steps));
    }

    private static String numbers() {
        StringBuilder values = new StringBuilder("values ");
        for (int n = 0; n < 30; n++) {
            values.append(n == 0 ? "" : ", ").append("('n").append(n).append("', 1)");
        }
        return values.toString();
    }

    private long available(String sku) {
        return warehouse.number("select available from stock where sku = '" + sku + "'");
    }
}
