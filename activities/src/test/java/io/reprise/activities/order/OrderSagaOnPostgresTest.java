package io.reprise.activities.order;

import static io.reprise.activities.order.ShopOrders.line;
import static io.reprise.activities.order.ShopOrders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.run.LedgerWriter;
import io.reprise.activities.run.StepLedger;
import io.reprise.activities.saga.FencedSteps;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.activities.shared.TestPostgres;
import io.reprise.activities.shared.TestTemporal;
import io.reprise.activities.sql.Pipeline;
import io.reprise.db.Ledger;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunOrder;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.RunStep;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderOutcome;
import io.reprise.workflows.order.OrderSaga;
import io.reprise.workflows.order.OrderWorkflow;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.RunStart;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import io.temporal.client.WorkflowFailedException;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Clock;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The declared saga with the real steps: what a worker does, in one process. */
@Tag("slow")
@Timeout(120)
class OrderSagaOnPostgresTest {

    private HikariDataSource ledgerPool;
    private HikariDataSource shopPool;
    private Ledger ledger;
    private LedgerWriter writer;
    private TestWorkflowEnvironment temporal;

    @BeforeEach
    void open() throws Exception {
        String database = TestPostgres.newDatabase();
        ledgerPool = TestPostgres.ledgerPool(database, 4);
        shopPool = TestPostgres.pool(database, 4);
        LedgerMigrations.migrate(ledgerPool);
        KitMigrations.migrate(shopPool);
        ShopMigrations.migrate(shopPool);
        SampleShop.seed(shopPool);
        ledger = Ledger.over(ledgerPool, Clock.systemUTC());
        writer = new LedgerWriter(ledger.stepFacts(), ledger.outcomes(), Duration.ofSeconds(5));
        startTemporal();
    }

    private void startTemporal() throws Exception {
        temporal = TestTemporal.newEnvironment();
        Worker worker = temporal.newWorker(OrderWorkflow.TASK_QUEUE);
        worker.registerWorkflowImplementationTypes(OrderSaga.class);
        FencedSteps steps = FencedSteps.onPostgres(
                shopPool,
                StepLedger.choose(shopPool, ledgerPool, writer, Clock.systemUTC()),
                "worker-1",
                Clock.systemUTC());
        OrderActivities.on(steps, ledger.outcomes(), Clock.systemUTC())
                .forEach(worker::registerActivitiesImplementations);
        temporal.start();
    }

    @AfterEach
    void close() {
        temporal.close();
        writer.close();
        shopPool.close();
        ledgerPool.close();
    }

    @ParameterizedTest
    @EnumSource(StepMode.class)
    void anOrderIsCompletedAndItsRunSettledByItsLastStep(StepMode mode) throws Exception {
        Order order = order("o-1", "acc-1", line("sku-1", 2, 100));

        RunRef run = start(order, mode);

        OrderOutcome outcome =
                temporal.getWorkflowClient().newUntypedWorkflowStub("order/o-1").getResult(OrderOutcome.class);
        assertThat(outcome.totalMinor()).isEqualTo(200);
        Run row = ledger.runs().byId(run.runId()).orElseThrow();
        assertThat(row.forward()).isEqualTo(Forward.SUCCEEDED);
        assertThat(ledger.runs().steps(run))
                .hasSize(4)
                .allSatisfy(step -> assertThat(step.mode()).contains(mode))
                .extracting(RunStep::forward)
                .containsOnly(Forward.SUCCEEDED);
    }

    @ParameterizedTest
    @EnumSource(StepMode.class)
    void anOrderWithoutFundsIsUndoneAndItsRunSaysWhy(StepMode mode) throws Exception {
        Order order = order("o-2", "acc-poor", line("sku-1", 2, 100));

        RunRef run = start(order, mode);

        assertThatExceptionOfType(WorkflowFailedException.class)
                .isThrownBy(() -> temporal.getWorkflowClient()
                        .newUntypedWorkflowStub("order/o-2")
                        .getResult(OrderOutcome.class));
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Run row = ledger.runs().byId(run.runId()).orElseThrow();
            assertThat(row.forward()).isEqualTo(Forward.FAILED);
            assertThat(row.compensation()).isEqualTo(Compensation.DONE);
            assertThat(row.reason()).contains("insufficient-funds");
        });
    }

    @Test
    void anOrderWhoseIdLeftTheLedgerIsRefusedAndTheFirstOneStaysAsItWas() throws Exception {
        place(order("o-3", "acc-3", line("sku-3", 2, 100)));
        forget("order/o-3");

        Run other = place(order("o-3", "acc-3", line("sku-3", 5, 100)));

        assertRejectedAsExisting(other);
        forget("order/o-3");
        assertRejectedAsExisting(place(order("o-3", "acc-3", line("sku-3", 2, 100))));
        assertThat(shop("select status from shop.orders where order_id = 'o-3'"))
                .isEqualTo("COMPLETED");
        assertThat(shop("select sold || ' sold, ' || reserved || ' reserved' from shop.inventory where sku = 'sku-3'"))
                .isEqualTo("2 sold, 0 reserved");
        assertThat(shop("select spent_minor::text from shop.accounts where account_id = 'acc-3'"))
                .isEqualTo("200");
    }

    @Test
    void anUndoneOrderWhoseIdLeftTheLedgerIsRefusedAndNotUndoneTwice() throws Exception {
        place(order("o-4", "acc-poor", line("sku-4", 2, 100)));
        forget("order/o-4");

        Run again = place(order("o-4", "acc-4", line("sku-4", 2, 100)));

        assertRejectedAsExisting(again);
        assertThat(shop("select reason from shop.orders where order_id = 'o-4'"))
                .isEqualTo("insufficient-funds");
        assertThat(shop("select sold || ' sold, ' || reserved || ' reserved' from shop.inventory where sku = 'sku-4'"))
                .isEqualTo("0 sold, 0 reserved");
    }

    private static void assertRejectedAsExisting(Run run) {
        assertThat(run.forward()).isEqualTo(Forward.FAILED);
        assertThat(run.compensation()).isEqualTo(Compensation.NONE);
        assertThat(run.reason()).contains("order-exists");
    }

    private Run place(Order order) throws Exception {
        RunRef run = start(order, StepMode.REGULAR);
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> ledger.runs().byId(run.runId()).orElseThrow(), Run::isEnded);
    }

    /** As after the retention of both, or once a restored ledger was accepted. */
    private void forget(String workflow) throws Exception {
        temporal.close();
        try (var connection = shopPool.getConnection()) {
            new Pipeline()
                    .add("delete from reprise.run_key where first_id = ?", workflow)
                    .add("delete from reprise.run where workflow_id = ?", workflow)
                    .run(connection);
            connection.commit();
        }
        startTemporal();
    }

    private String shop(String question) throws Exception {
        try (var connection = shopPool.getConnection()) {
            String answer = new Pipeline()
                    .add(question)
                    .run(connection)
                    .getFirst()
                    .rows()
                    .getFirst()
                    .text(0);
            connection.rollback();
            return answer;
        }
    }

    private RunRef start(Order order, StepMode mode) throws Exception {
        RunInput input = new RunInput(new ObjectMapper().writeValueAsString(order));
        WorkflowId workflow = new WorkflowId("order/" + order.orderId());
        Accepted accepted = ledger.acceptance()
                .accept(new NewRun(
                        workflow, OrderWorkflow.TYPE, OrderWorkflow.TASK_QUEUE, input, mode, "http", RunOrder.FREE));
        RunRef run = ((Accepted.New) accepted).run();
        RunContext context =
                new RunContext(run.runId(), run.startedOn(), workflow, mode, RunContext.STUCK_AFTER, false, 0);
        new RunStart(OrderWorkflow.TYPE, OrderWorkflow.TASK_QUEUE, context, input.json())
                .start(temporal.getWorkflowClient());
        return run;
    }
}
