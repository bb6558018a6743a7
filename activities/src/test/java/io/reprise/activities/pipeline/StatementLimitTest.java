package io.reprise.activities.pipeline;

import static io.reprise.activities.pipeline.Definitions.head;
import static io.reprise.activities.pipeline.Definitions.step;
import static io.reprise.activities.pipeline.Definitions.transaction;
import static io.reprise.activities.pipeline.Definitions.unfenced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reprise.activities.shared.TestDatabase;
import io.reprise.activities.sql.SqlFailures;
import io.reprise.activities.sql.StatementLimit;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.StepDefinition;
import io.reprise.catalog.pipeline.TransactionItem;
import io.reprise.workflows.run.WorkflowId;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@Tag("slow")
@ParameterizedClass
@EnumSource(TestDatabase.class)
class StatementLimitTest {

    private final TestDatabase database;
    private Warehouse warehouse;

    StatementLimitTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void open() {
        warehouse = new Warehouse(database, database.newDatabase());
        warehouse.execute("create table taken (n int)");
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void aStatementThatTakesTooLongIsEndedAndTriedAgain() {
        PipelineDefinition definition = definition(transaction(
                head("endless"),
                new TransactionItem.Change(Definitions.part("insert into taken values (1)")),
                new TransactionItem.Change(Definitions.part(database.endlessQuery()))));
        WorkflowId run = warehouse.newRun(definition);

        ApplicationFailure failure = failure(definition, run, Duration.ofMillis(300));

        assertThat(failure.getOriginalMessage())
                .contains(
                        "cannot run " + run.step("endless"),
                        "nothing within 300 ms, the statement-timeout of connection warehouse",
                        "at step.sql");
        assertThat(failure.getType()).isEqualTo(SqlFailures.TRANSIENT);
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(warehouse.number("select count(*) from taken")).isZero();
    }

    @Test
    void aStepWithoutAFenceIsBoundedToo() {
        PipelineDefinition definition = definition(unfenced(head("endless"), database.endlessQuery()));

        ApplicationFailure failure = failure(definition, warehouse.newRun(definition), Duration.ofMillis(300));

        assertThat(failure.getOriginalMessage()).contains("the statement-timeout of connection warehouse");
    }

    @Test
    void eachStatementHasTheWholeTimeAndTheSessionIsAsGoodAsBefore() {
        PipelineDefinition endless = definition(step(head("endless"), database.endlessQuery()));
        PipelineDefinition quick = definition(step(head("endless"), "insert into taken values (1)"));

        for (int n = 0; n < 8; n++) {
            failure(endless, warehouse.newRun(endless), Duration.ofMillis(50));
            WorkflowId run = warehouse.newRun(quick);
            warehouse
                    .steps(quick, doing -> {}, limit(Duration.ofSeconds(20)))
                    .run(Warehouse.call(run, "endless"), Warehouse.step(quick, "endless", Map.of()));
        }

        assertThat(warehouse.number("select count(*) from taken")).isEqualTo(8);
    }

    private ApplicationFailure failure(PipelineDefinition definition, WorkflowId run, Duration most) {
        ApplicationFailure failure = catchThrowableOfType(
                ApplicationFailure.class,
                () -> warehouse
                        .steps(definition, doing -> {}, limit(most))
                        .run(Warehouse.call(run, "endless"), Warehouse.step(definition, "endless", Map.of())));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static StatementLimit limit(Duration most) {
        return new StatementLimit("warehouse", Optional.of(most));
    }

    private static PipelineDefinition definition(StepDefinition step) {
        return Definitions.of(List.of(), List.of(step));
    }
}
