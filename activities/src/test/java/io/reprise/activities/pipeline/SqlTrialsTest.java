package io.reprise.activities.pipeline;

import static io.reprise.activities.pipeline.Definitions.affected;
import static io.reprise.activities.pipeline.Definitions.check;
import static io.reprise.activities.pipeline.Definitions.head;
import static io.reprise.activities.pipeline.Definitions.part;
import static io.reprise.activities.pipeline.Definitions.sql;
import static io.reprise.activities.pipeline.Definitions.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reprise.activities.saga.Kit;
import io.reprise.activities.saga.TestSteps;
import io.reprise.activities.shared.TestDatabase;
import io.reprise.activities.sql.SqlFailures;
import io.reprise.catalog.pipeline.CheckDefinition;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.StepDefinition;
import io.reprise.catalog.pipeline.TableDefinition;
import io.reprise.workflows.pipeline.Trial;
import io.reprise.workflows.pipeline.TrialOrder;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
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
class SqlTrialsTest {

    private static final Map<TestDatabase, String> URLS = new EnumMap<>(TestDatabase.class);
    private static final String TAKE =
            "update stock set available = available - :quantity where sku = :sku and available >= :quantity";

    private final TestDatabase database;
    private Warehouse warehouse;

    SqlTrialsTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void open() {
        warehouse = new Warehouse(database, URLS.computeIfAbsent(database, TestDatabase::newDatabase));
        warehouse.execute(
                "create table if not exists stock (sku varchar(100) primary key, available bigint not null)",
                "delete from stock",
                "insert into stock values ('pen', 10), ('desk', 1)");
    }

    @AfterEach
    void close() {
        assertThat(kitRows("fence")).isZero();
        assertThat(kitRows("stage")).isZero();
        warehouse.close();
    }

    @Test
    void showsWhatAStepDidAndLeavesNothing() {
        Trial trial = attempt(
                definition(step(head("take"), part(TAKE, affected("rows")), Optional.empty())),
                "take",
                Map.of("sku", "pen", "quantity", 3));

        assertThat(trial.refusal()).isNull();
        assertThat(trial.outputs().toString()).isEqualTo("{rows=1}");
        assertThat(trial.statements()).extracting(Trial.Statement::rows).containsExactly(1L);
        assertThat(warehouse.number("select available from stock where sku = 'pen'"))
                .isEqualTo(10);
        assertThat(warehouse.statements).isEmpty();
    }

    @Test
    void aRefusalOfTheRunIsAnAnswerHere() {
        Trial trial = attempt(
                definition(step(head("take"), part(TAKE, 1, "out-of-stock"), Optional.empty())),
                "take",
                Map.of("sku", "desk", "quantity", 2));

        assertThat(trial.refusal()).startsWith("out-of-stock: cannot go on with step 'take'");
    }

    @Test
    void aCheckShowsTheFirstOffendingRows() {
        CheckDefinition few =
                new CheckDefinition.NoRows("few", sql("few.sql", "select sku from stock where available < 5"), false);

        Trial trial = attempt(definition(check(head("verify"), few)), "verify", Map.of());

        assertThat(trial.refusal()).startsWith("check-failed: ");
        assertThat(trial.checks()).singleElement().satisfies(found -> {
            assertThat(found.offending()).isEqualTo(1);
            assertThat(found.first()).containsIgnoringCase("\"sku\":\"desk\"");
        });
    }

    @Test
    void aStageOfItsOwnIsThereForTheTrialOnly() {
        PipelineDefinition definition = Definitions.of(
                List.of(
                        new TableDefinition.Target(
                                "target", "warehouse", Optional.empty(), "stock", Optional.of("1 = 1")),
                        new TableDefinition.Stage("stage", "warehouse", "target", Duration.ofDays(1))),
                List.of(
                        step(
                                head("capture"),
                                part("insert into {stage} select sku, available from stock", affected("rows")),
                                Optional.empty()),
                        step(head("after", "capture"), "delete from {stage}")));

        Trial capture = attempt(definition, "capture", Map.of());
        Trial again = attempt(definition, "capture", Map.of());
        ApplicationFailure after = refused(definition, "after");

        assertThat(capture.outputs().toString())
                .isEqualTo("{rows=2}")
                .isEqualTo(again.outputs().toString());
        assertThat(after.getType()).isEqualTo("stage-missing");
        assertThat(after).hasMessageContaining("it reads {stage}, which steps before it fill");
    }

    @Test
    void whatWouldCommitIsRefusedBeforeItRuns() {
        PipelineDefinition definition =
                definition(step(head("make"), "update stock set available = 0;\ncreate table trial_made (n int)"));

        if (database.dialect().ddlCommits()) {
            ApplicationFailure refused = refused(definition, "make");
            assertThat(refused.getType()).isEqualTo(Reversible.IRREVERSIBLE);
            assertThat(refused)
                    .hasMessageContaining("cannot try step.sql:2:1: on "
                            + database.dialect().title() + " no rollback takes back CREATE TABLE")
                    .hasMessageContaining("2 | create table trial_made (n int)\n  | ^");
        } else {
            assertThat(attempt(definition, "make", Map.of()).refusal()).isNull();
            assertThat(attempt(definition, "make", Map.of()).refusal()).isNull();
        }

        assertThat(warehouse.number("select sum(available) from stock")).isEqualTo(11);
    }

    @Test
    void wrongSqlIsToldWithItsPlaceAndACaret() {
        ApplicationFailure refused =
                refused(definition(step(head("wrong"), "select 1;\nselect nothing from nowhere")), "wrong");

        assertThat(refused.getType()).isEqualTo(SqlFailures.LASTING);
        assertThat(refused)
                .hasMessageContaining("step.sql:2:")
                .hasMessageContaining("2 | select nothing from nowhere\n");
        assertThat(refused.getMessage()).contains("^");
    }

    private ApplicationFailure refused(PipelineDefinition definition, String stepId) {
        return catchThrowableOfType(ApplicationFailure.class, () -> attempt(definition, stepId, Map.of()));
    }

    private Trial attempt(PipelineDefinition definition, String stepId, Map<String, @Nullable Object> parameters) {
        SqlConnection connection = new SqlConnection(
                "warehouse",
                database.dialect(),
                warehouse.pool::getConnection,
                TestSteps.on(database.dialect(), warehouse.pool, TestSteps.noLedger(), Duration.ofMinutes(3)));
        return new SqlTrials(connection, _ -> definition, Clock.systemUTC(), () -> _ -> {})
                .attempt(new TrialOrder(
                        "warehouse",
                        warehouse.newRun(definition).step(stepId),
                        Warehouse.step(definition, stepId, parameters),
                        false,
                        "ann"));
    }

    private static PipelineDefinition definition(StepDefinition... steps) {
        return Definitions.of(List.of(), List.of(steps));
    }

    private long kitRows(String table) {
        return warehouse.number("select count(*) from " + Kit.table(database.dialect(), table));
    }
}
