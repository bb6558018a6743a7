package io.reprise.activities.pipeline;

import static io.reprise.activities.pipeline.Definitions.check;
import static io.reprise.activities.pipeline.Definitions.head;
import static io.reprise.activities.pipeline.Definitions.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reprise.activities.shared.TestDatabase;
import io.reprise.catalog.pipeline.CheckDefinition;
import io.reprise.catalog.pipeline.Output;
import io.reprise.catalog.pipeline.OutputSource;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PublishStep;
import io.reprise.catalog.pipeline.TableDefinition;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.workflows.pipeline.PipelineStep;
import io.reprise.workflows.pipeline.SlotKind;
import io.reprise.workflows.pipeline.SlotValue;
import io.reprise.workflows.pipeline.StepResult;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Undone;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The daily aggregation: events of a day are staged, checked and published by day, region and sku. */
@Tag("slow")
@Timeout(120)
@ParameterizedClass
@EnumSource(TestDatabase.class)
class PublicationTest {

    private static final SlotCalendar DAYS = new SlotCalendar(SlotKind.DAY, ZoneId.of("Europe/Berlin"));
    private static final SlotValue DAY = DAYS.at(Instant.parse("2026-11-19T12:00:00Z"));
    private static final SlotValue NEXT_DAY = DAYS.at(Instant.parse("2026-11-20T12:00:00Z"));

    private static final String CAPTURE = """
            insert into {stage} (day_, region, sku, quantity, note)
            select :slot_day, region, sku, sum(quantity), min(note) from events
            where happened >= :slot_start and happened < :slot_end and region = :region
            group by region, sku
            """;

    private static final PipelineDefinition DAILY = Definitions.of(
            List.of(
                    new TableDefinition.Target(
                            "target",
                            "warehouse",
                            Optional.empty(),
                            "daily_sales",
                            Optional.of("day_ = :slot_day and region = :region")),
                    new TableDefinition.Stage("stage", "warehouse", "target", Duration.ofDays(7))),
            List.of(
                    step(head("capture"), CAPTURE),
                    check(
                            head("verify", "capture"),
                            new CheckDefinition.Unique("unique", "stage", List.of("day_", "region", "sku")),
                            new CheckDefinition.NotNull("not-null", "stage", List.of("sku", "quantity")),
                            new CheckDefinition.RowCount("rows", "stage", Optional.of(0), Optional.of(1000))),
                    new PublishStep(
                            head("apply", "verify"),
                            "warehouse",
                            "stage",
                            "target",
                            List.of("day_", "region", "sku"),
                            true,
                            List.of(
                                    output("inserted", OutputSource.INSERTED),
                                    output("updated", OutputSource.UPDATED),
                                    output("deleted", OutputSource.DELETED)))));

    private final TestDatabase database;
    private Warehouse warehouse;
    private SqlPipelineSteps steps;

    PublicationTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void open() {
        warehouse = new Warehouse(database, database.newDatabase());
        String instant = switch (database) {
            case POSTGRESQL, H2 -> "timestamp(6) with time zone";
            case MARIADB -> "datetime(6)";
            case SQLITE -> "text";
        };
        warehouse.execute(
                "create table events (happened " + instant
                        + " not null, region varchar(10) not null, sku varchar(100), quantity bigint not null, note varchar(100))",
                "create table daily_sales (day_ date not null, region varchar(10) not null, sku varchar(100) not null,"
                        + " quantity bigint not null, note varchar(100), primary key (day_, region, sku))");
        event("2026-11-19 10:00:00", "EU", "pen", 3);
        event("2026-11-19 11:00:00", "EU", "pen", 4);
        event("2026-11-19 12:00:00", "EU", "desk", 1);
        event("2026-11-19 12:00:00", "US", "pen", 100);
        event("2026-11-20 12:00:00", "EU", "pen", 9);
        steps = warehouse.steps(DAILY);
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void replacesTheRowsOfItsScopeAndNoOthers() {
        assertThat(publish(newRun(), DAY, "US")).isEqualTo("{deleted=0, inserted=1, updated=0}");
        assertThat(publish(newRun(), DAY, "EU")).isEqualTo("{deleted=0, inserted=2, updated=0}");
        assertThat(publish(newRun(), NEXT_DAY, "EU")).isEqualTo("{deleted=0, inserted=1, updated=0}");
        event("2026-11-19 13:00:00", "EU", "pen", 1);
        event("2026-11-19 13:00:00", "EU", "lamp", 5);
        warehouse.execute("delete from events where sku = 'desk'");

        assertThat(publish(newRun(), DAY, "EU")).isEqualTo("{deleted=1, inserted=1, updated=1}");

        assertThat(rows()).containsExactly("EU lamp 5", "EU pen 8", "EU pen 9", "US pen 100");
    }

    @Test
    void anUnchangedReRunRewritesNoRow() {
        publish(newRun(), DAY, "EU");

        assertThat(publish(newRun(), DAY, "EU")).isEqualTo("{deleted=0, inserted=0, updated=0}");
    }

    @Test
    void comparesNothingWithNothing() {
        warehouse.execute("update events set note = 'new' where sku = 'desk'");
        publish(newRun(), DAY, "EU");
        warehouse.execute("update events set note = null where sku = 'desk'");

        assertThat(publish(newRun(), DAY, "EU")).isEqualTo("{deleted=0, inserted=0, updated=1}");
    }

    @Test
    void anUndoRestoresExactlyWhatWasThere() {
        WorkflowId first = newRun();
        publish(first, DAY, "EU");
        List<String> before = rows();
        event("2026-11-19 13:00:00", "EU", "pen", 1);
        event("2026-11-19 13:00:00", "EU", "lamp", 5);
        warehouse.execute("delete from events where sku = 'desk'");
        WorkflowId second = newRun();
        publish(second, DAY, "EU");

        assertThat(steps.unpublish(Warehouse.undo(second, "apply"))).isEqualTo(Undone.COMPENSATED);
        assertThat(rows()).isEqualTo(before);

        assertThat(steps.unpublish(Warehouse.undo(first, "apply"))).isEqualTo(Undone.COMPENSATED);
        assertThat(rows()).isEmpty();
    }

    @Test
    void anUndoThatIsSupersededChangesNothingAndStaysWorthAnotherAttempt() {
        WorkflowId first = newRun();
        publish(first, DAY, "EU");
        event("2026-11-19 13:00:00", "EU", "pen", 1);
        WorkflowId second = newRun();
        publish(second, DAY, "EU");

        ApplicationFailure failure =
                catchThrowableOfType(ApplicationFailure.class, () -> steps.unpublish(Warehouse.undo(first, "apply")));

        assertThat(failure.getType()).isEqualTo("superseded");
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(rows()).contains("EU pen 8");
        steps.unpublish(Warehouse.undo(second, "apply"));
        assertThat(steps.unpublish(Warehouse.undo(first, "apply"))).isEqualTo(Undone.COMPENSATED);
    }

    @Test
    void anOldGenerationThatWakesUpLoses() {
        WorkflowId zombie = newRun();
        capture(zombie, DAY, "EU");
        event("2026-11-19 13:00:00", "EU", "pen", 1);
        publish(zombie.generation(2), DAY, "EU");

        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, () -> apply(zombie, DAY, "EU"));

        assertThat(failure.getType()).isEqualTo("newer-generation");
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(rows()).contains("EU pen 8");
    }

    @Test
    void aGenerationThatInheritsTheCapturePublishesWhatWasStagedThen() {
        WorkflowId first = newRun();
        capture(first, DAY, "EU");
        WorkflowId second = first.generation(2);

        verify(second, DAY, "EU");
        apply(second, DAY, "EU");

        assertThat(rows()).containsExactly("EU desk 1", "EU pen 7");
    }

    @Test
    void anEmptyDayEmptiesItsScope() {
        publish(newRun(), DAY, "EU");
        warehouse.execute("delete from events");

        assertThat(publish(newRun(), DAY, "EU")).isEqualTo("{deleted=2, inserted=0, updated=0}");

        assertThat(rows()).isEmpty();
    }

    @Test
    void aDayWithOnlyLateRowsIsRestated() {
        SlotValue quiet = DAYS.at(Instant.parse("2026-11-25T12:00:00Z"));
        assertThat(publish(newRun(), quiet, "EU")).isEqualTo("{deleted=0, inserted=0, updated=0}");
        event("2026-11-25 12:00:00", "EU", "pen", 2);

        assertThat(publish(newRun(), quiet, "EU")).isEqualTo("{deleted=0, inserted=1, updated=0}");
    }

    @Test
    void aDayOfTwentyFiveHoursHasAllOfThemAndNoMore() {
        warehouse.execute("delete from events");
        SlotValue longDay = DAYS.at(Instant.parse("2026-10-25T12:00:00Z"));
        assertThat(Duration.between(longDay.start(), longDay.end())).isEqualTo(Duration.ofHours(25));
        event("2026-10-24 21:59:59", "EU", "pen", 1_000);
        event("2026-10-24 22:00:00", "EU", "pen", 1);
        event("2026-10-25 00:30:00", "EU", "pen", 2);
        event("2026-10-25 01:30:00", "EU", "pen", 4);
        event("2026-10-25 22:59:59", "EU", "pen", 8);
        event("2026-10-25 23:00:00", "EU", "pen", 1_000);

        publish(newRun(), longDay, "EU");

        assertThat(rows()).containsExactly("EU pen 15");
    }

    @Test
    void rowsOfAnotherScopeOrWithTheSameKeyAreRefusedByName() {
        WorkflowId run = newRun();
        capture(run, DAY, "EU");
        String stage = database.texts(
                        warehouse.pool,
                        "select stage_table from " + kit("stage") + " where workflow_id = '" + run + "'")
                .getFirst();
        String name =
                database == TestDatabase.POSTGRESQL || database == TestDatabase.H2 ? "reprise_kit." + stage : stage;
        warehouse.execute("insert into " + name + " select * from " + name + " where sku = 'pen'");

        assertThat(catchThrowableOfType(ApplicationFailure.class, () -> verify(run, DAY, "EU"))
                        .getType())
                .isEqualTo("check-failed");
        ApplicationFailure twice = catchThrowableOfType(ApplicationFailure.class, () -> apply(run, DAY, "EU"));
        assertThat(twice).hasMessageContaining("found 1 staged rows with the same key");
        warehouse.execute(
                "delete from " + name,
                "insert into " + name + " (day_, region, sku, quantity) values ('2026-11-19', 'US', 'pen', 1)");
        ApplicationFailure stranger = catchThrowableOfType(ApplicationFailure.class, () -> apply(run, DAY, "EU"));
        assertThat(stranger).hasMessageContaining("found 1 staged rows of another scope");
        assertThat(rows()).isEmpty();
    }

    @Test
    void aRunThatStagedNothingPublishesNothing() {
        publish(newRun(), DAY, "EU");

        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, () -> apply(newRun(), DAY, "EU"));

        assertThat(failure.getType()).isEqualTo("stage-missing");
        assertThat(rows()).hasSize(2);
    }

    @Test
    void aStageThatWasSweptIsNotTakenForAnEmptyDay() {
        publish(newRun(), DAY, "EU");
        WorkflowId run = newRun();
        capture(run, DAY, "EU");

        int sweptWhileUnderWay = swept(31, true);
        verify(run, DAY, "EU");
        int sweptAfterIt = swept(32, false);
        ApplicationFailure verified = catchThrowableOfType(ApplicationFailure.class, () -> verify(run, DAY, "EU"));
        ApplicationFailure applied = catchThrowableOfType(ApplicationFailure.class, () -> apply(run, DAY, "EU"));

        assertThat(sweptWhileUnderWay).isZero();
        assertThat(sweptAfterIt).isPositive();
        assertThat(List.of(verified.getType(), applied.getType())).containsOnly("stage-missing");
        assertThat(rows()).containsExactly("EU desk 1", "EU pen 7");
    }

    private int swept(int daysLater, boolean underWay) {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(daysLater));
        return new OldStages(warehouse.connection(), later, run -> underWay).sweep();
    }

    @Test
    void aRepeatedPublicationAnswersWhatTheFirstDid() {
        WorkflowId run = newRun();
        String first = publish(run, DAY, "EU");
        event("2026-11-19 13:00:00", "EU", "pen", 1);

        assertThat(publish(run, DAY, "EU")).isEqualTo(first);
        assertThat(rows()).containsExactly("EU desk 1", "EU pen 7");
    }

    @Test
    void twoRunsOfOneScopeAtOncePublishOneAfterTheOther() throws Exception {
        WorkflowId one = newRun();
        WorkflowId other = newRun();
        capture(one, DAY, "EU");
        capture(other, DAY, "EU");
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<StepResult> first = threads.submit(() -> insistent(one));
            Future<StepResult> second = threads.submit(() -> insistent(other));

            long written = inserted(first.get()) + inserted(second.get());
            assertThat(written).isEqualTo(2);
        }
        assertThat(rows()).containsExactly("EU desk 1", "EU pen 7");
        assertThat(warehouse.number("select max(version) from " + kit("publication")))
                .isEqualTo(2);
    }

    private static long inserted(StepResult result) {
        return Long.parseLong(String.valueOf(result.outputs().get("inserted")));
    }

    /** As Temporal would: a deadlock is worth another attempt. */
    private StepResult insistent(WorkflowId run) {
        for (int attempt = 1; attempt < 5; attempt++) {
            try {
                return apply(run, DAY, "EU");
            } catch (ApplicationFailure failure) {
                if (failure.isNonRetryable()) {
                    throw failure;
                }
            }
        }
        return apply(run, DAY, "EU");
    }

    private String publish(WorkflowId run, SlotValue slot, String region) {
        capture(run, slot, region);
        verify(run, slot, region);
        return apply(run, slot, region).outputs().toString();
    }

    private void capture(WorkflowId run, SlotValue slot, String region) {
        steps.run(Warehouse.call(run, "capture"), request("capture", slot, region));
    }

    private void verify(WorkflowId run, SlotValue slot, String region) {
        steps.check(Warehouse.call(run, "verify"), request("verify", slot, region));
    }

    private StepResult apply(WorkflowId run, SlotValue slot, String region) {
        return steps.publish(Warehouse.call(run, "apply"), request("apply", slot, region));
    }

    private static PipelineStep request(String stepId, SlotValue slot, String region) {
        return Warehouse.step(DAILY, stepId, slot, Map.of("region", region), Map.of());
    }

    private WorkflowId newRun() {
        return warehouse.newRun(DAILY);
    }

    private static Output output(String name, OutputSource source) {
        return new Output(name, source, Optional.empty());
    }

    /** At an instant in UTC. */
    private void event(String happened, String region, String sku, int quantity) {
        String literal = switch (database) {
            case POSTGRESQL, H2 -> "timestamp with time zone '" + happened + "+00'";
            case MARIADB, SQLITE -> "'" + happened + "'";
        };
        warehouse.execute("insert into events (happened, region, sku, quantity) values (" + literal + ", '" + region
                + "', '" + sku + "', " + quantity + ")");
    }

    private List<String> rows() {
        String columns = database == TestDatabase.MARIADB
                ? "concat(region, ' ', sku, ' ', quantity)"
                : "region || ' ' || sku || ' ' || quantity";
        return database.texts(warehouse.pool, "select " + columns + " from daily_sales order by region, sku, quantity");
    }

    private String kit(String table) {
        return io.reprise.activities.saga.Kit.table(database.dialect(), table);
    }
}
