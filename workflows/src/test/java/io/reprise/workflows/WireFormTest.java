package io.reprise.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.workflows.backfill.BackfillSteps;
import io.reprise.workflows.backfill.BackfillTurn;
import io.reprise.workflows.backfill.BackfillWorkflow;
import io.reprise.workflows.connection.ConnectionSteps;
import io.reprise.workflows.connection.ConnectionWorkflow;
import io.reprise.workflows.connection.PreparationOrder;
import io.reprise.workflows.connection.PreparationOrder.How;
import io.reprise.workflows.connection.Prepared;
import io.reprise.workflows.order.AccountId;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderId;
import io.reprise.workflows.order.OrderLine;
import io.reprise.workflows.order.OrderOutcome;
import io.reprise.workflows.order.OrderSaga;
import io.reprise.workflows.order.OrderSteps;
import io.reprise.workflows.order.OrderWorkflow;
import io.reprise.workflows.order.Sku;
import io.reprise.workflows.pipeline.ChildRun;
import io.reprise.workflows.pipeline.CommandSteps;
import io.reprise.workflows.pipeline.HookCall;
import io.reprise.workflows.pipeline.HookPoint;
import io.reprise.workflows.pipeline.HookPoint.Occasion;
import io.reprise.workflows.pipeline.PipelineInput;
import io.reprise.workflows.pipeline.PipelineSteps;
import io.reprise.workflows.pipeline.RecordWaitSteps;
import io.reprise.workflows.pipeline.Samples;
import io.reprise.workflows.pipeline.SqlSteps;
import io.reprise.workflows.pipeline.StepResult;
import io.reprise.workflows.pipeline.Trial;
import io.reprise.workflows.pipeline.TrialOrder;
import io.reprise.workflows.pipeline.TrialSteps;
import io.reprise.workflows.pipeline.TrialWorkflow;
import io.reprise.workflows.pipeline.WaitSteps;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.RunRecords;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.StepOutcome;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.FenceSteps;
import io.reprise.workflows.saga.SagaOperations;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import io.reprise.workflows.schedule.LaunchOrder;
import io.reprise.workflows.schedule.Launched;
import io.reprise.workflows.schedule.ScheduleSteps;
import io.reprise.workflows.schedule.ScheduleWorkflow;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What crosses a workflow or activity boundary comes back as it went. */
class WireFormTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final WorkflowId ID = new WorkflowId("order/o-1~2");
    private static final List<Class<?>> BOUNDARIES = List.of(
            OrderWorkflow.class,
            OrderSteps.class,
            RunRecords.class,
            FenceSteps.class,
            SagaOperations.class,
            SqlSteps.class,
            WaitSteps.class,
            TrialWorkflow.class,
            TrialSteps.class,
            RecordWaitSteps.class,
            CommandSteps.class,
            PipelineSteps.class,
            ScheduleWorkflow.class,
            ScheduleSteps.class,
            BackfillWorkflow.class,
            BackfillSteps.class,
            ConnectionWorkflow.class,
            ConnectionSteps.class);
    private static final RunOutcome OUTCOME = new RunOutcome(
            "01JDA",
            DAY,
            ID,
            4,
            Forward.FAILED,
            Compensation.STUCK,
            "out-of-stock",
            "no more of sku-1",
            List.of(new StepOutcome("reserve-stock", Forward.FAILED, Compensation.STUCK, "refused")));
    private static final List<Object> SAMPLES = List.of(
            new RunContext("01JDA", DAY, ID, StepMode.LOCAL, Duration.ofSeconds(60), true, 3),
            new Order(
                    new OrderId("o-1"),
                    new AccountId("acc-1"),
                    "EUR",
                    List.of(new OrderLine(new Sku("sku-1"), 2, 1250))),
            new OrderOutcome(new OrderId("o-1"), 2500, "EUR"),
            new StepCall(ID.step("reserve-stock"), "01JDA", DAY, 2, true),
            new UndoCall(ID.step("reserve-stock"), "01JDA", DAY, 2, Forward.FAILED, "out-of-stock"),
            Undone.TOO_LATE,
            new LaunchOrder("daily", "0 0 * * * UTC"),
            new PreparationOrder("warehouse", How.PROBE, "ada"),
            new Prepared("warehouse", "MariaDB 11.4", List.of("create table"), "fenced", List.of("held: all")),
            new Prepared("warehouse", "MariaDB 11.4", List.of(), null, List.of()),
            new Launched("daily", "2026-11-19", "01JDA", "accepted"),
            Launched.nothing("daily", "it is paused"),
            BackfillTurn.PAUSED,
            Instant.parse("2026-11-20T00:00:00.123456Z"),
            OUTCOME,
            Samples.input(),
            PipelineInput.of(Samples.DEFINITION, Samples.plan(), null, Map.of()),
            Samples.step(),
            new TrialOrder("warehouse", ID.step("capture"), Samples.step(), true, "ada"),
            new Trial(
                    List.of(new Trial.Statement("delete from t", 3, 12, "Seq Scan on t")),
                    List.of(new Trial.Check("few", 1, "[{\"sku\":\"desk\"}]")),
                    Map.of("rows", 3),
                    "check-failed: few found 1 offending row"),
            new StepResult(Map.of("rows", 5, "total", "12.50", "full", true)),
            new ChildRun("01JDB", new WorkflowId("pipeline/child/2026-11-19"), true),
            new HookCall(
                    "pipeline/p#failure",
                    HookPoint.ofStep(Occasion.FAILURE, "apply"),
                    Samples.DEFINITION,
                    Samples.SLOT,
                    Map.of("region", "EU"),
                    OUTCOME));

    @TestFactory
    Stream<DynamicTest> comesBackAsItWent() {
        return SAMPLES.stream()
                .map(sample -> DynamicTest.dynamicTest(
                        sample.getClass().getSimpleName(),
                        () -> assertThat(roundTrip(sample)).isEqualTo(sample)));
    }

    @Test
    void everyTypeOfABoundaryHasASample() {
        Set<Class<?>> crossing = new LinkedHashSet<>();
        BOUNDARIES.stream()
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .forEach(method -> addTypes(method, crossing));

        assertThat(crossing).allSatisfy(type -> assertThat(SAMPLES).anyMatch(sample -> type.isInstance(sample)));
    }

    @Test
    void theOrderSagaTakesWhatItsWorkflowIsGiven() {
        assertThat(OrderSaga.PLACE.name()).isEqualTo(OrderWorkflow.TYPE);
    }

    private static void addTypes(Method method, Set<Class<?>> crossing) {
        Stream.concat(Stream.of(method.getReturnType()), Arrays.stream(method.getParameterTypes()))
                .filter(type -> type != void.class && type != String.class)
                .forEach(crossing::add);
    }

    private static Object roundTrip(Object value) {
        DataConverter converter = DefaultDataConverter.STANDARD_INSTANCE;
        Payload payload = converter.toPayload(value).orElseThrow();
        return converter.fromPayload(payload, value.getClass(), value.getClass());
    }
}
