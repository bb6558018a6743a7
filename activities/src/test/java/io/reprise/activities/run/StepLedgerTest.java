package io.reprise.activities.run;

import static io.reprise.activities.order.ShopOrders.line;
import static io.reprise.activities.order.ShopOrders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.connection.ConnectionPool;
import io.reprise.activities.connection.ConnectionSettings;
import io.reprise.activities.order.FencedOrderSteps;
import io.reprise.activities.order.SampleShop;
import io.reprise.activities.order.ShopMigrations;
import io.reprise.activities.saga.FencedSteps;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.activities.saga.LedgerEntries;
import io.reprise.activities.saga.TestSteps;
import io.reprise.activities.shared.TestDatabase;
import io.reprise.activities.shared.TestPostgres;
import io.reprise.activities.shared.WireProxy;
import io.reprise.db.Ledger;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunOrder;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.RunStep;
import io.reprise.db.run.StepGrants;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.StepOutcome;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the ledger learns of steps, with the shop in the ledger's database and in another one. */
class StepLedgerTest {

    enum Databases {
        ONE,
        TWO
    }

    private static final AtomicInteger ORDERS = new AtomicInteger();

    private HikariDataSource ledgerPool = new HikariDataSource();
    private HikariDataSource shopPool = new HikariDataSource();
    private Ledger ledger = Ledger.over(ledgerPool, Clock.systemUTC());
    private String shopUrl = "";

    private LedgerWriter open(Databases databases) throws Exception {
        String ledgerUrl = TestPostgres.newDatabase();
        shopUrl = databases == Databases.ONE ? ledgerUrl : TestPostgres.newDatabase();
        ledgerPool = TestPostgres.ledgerPool(ledgerUrl, 4);
        shopPool = TestPostgres.pool(shopUrl, 4);
        LedgerMigrations.migrate(ledgerPool);
        KitMigrations.migrate(shopPool);
        ShopMigrations.migrate(shopPool);
        SampleShop.seed(shopPool);
        ledger = Ledger.over(ledgerPool, Clock.systemUTC());
        return new LedgerWriter(ledger.stepFacts(), ledger.outcomes(), Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        shopPool.close();
        ledgerPool.close();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void aRunThatSucceedsIsSettledByItsLastStep(Databases databases) throws Exception {
        try (LedgerWriter writer = open(databases)) {
            FencedOrderSteps steps = orderSteps(shopPool, writer);
            Order order = order("o-" + ORDERS.incrementAndGet(), "acc-1", line("sku-1", 2, 10));
            RunRef run = accept(order);

            steps.create(call(run, "create-order", 1), order);
            steps.reserveStock(call(run, "reserve-stock", 2), order);
            steps.debitAccount(call(run, "debit-account", 3), order);
            steps.complete(call(run, "complete", 4), order);

            if (databases == Databases.ONE) {
                assertSucceeded(run);
            }
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertSucceeded(run));
        }
    }

    private void assertSucceeded(RunRef run) {
        Run row = ledger.runs().byId(run.runId()).orElseThrow();
        assertThat(row.forward()).isEqualTo(Forward.SUCCEEDED);
        assertThat(row.endedAt()).isPresent();
        assertThat(ledger.runs().steps(run))
                .extracting(RunStep::stepId)
                .containsExactly("create-order", "reserve-stock", "debit-account", "complete");
        assertThat(ledger.runs().steps(run)).allSatisfy(step -> {
            assertThat(step.forward()).isEqualTo(Forward.SUCCEEDED);
            assertThat(step.rows().orElse(0)).isPositive();
        });
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void aRefusedStepIsShownWithItsErrorAndUndoneOnesAsUndone(Databases databases) throws Exception {
        RunRef run;
        Order order = order("o-" + ORDERS.incrementAndGet(), "acc-1", line("sku-empty", 1, 10));
        try (LedgerWriter writer = open(databases)) {
            FencedOrderSteps steps = orderSteps(shopPool, writer);
            run = accept(order);

            steps.create(call(run, "create-order", 1), order);
            assertThatExceptionOfType(ApplicationFailure.class)
                    .isThrownBy(() -> steps.reserveStock(call(run, "reserve-stock", 2), order));
            steps.releaseStock(undo(run, "reserve-stock", 2));
            steps.cancel(undo(run, "create-order", 1));
        }
        new LedgerRunRecords(ledger.outcomes()).settle(rejected(run));
        new LedgerRunRecords(ledger.outcomes()).settle(rejected(run));

        Run row = ledger.runs().byId(run.runId()).orElseThrow();
        assertThat(row.forward()).isEqualTo(Forward.FAILED);
        assertThat(row.compensation()).isEqualTo(Compensation.DONE);
        assertThat(row.reason()).contains("out-of-stock");
        List<RunStep> rows = ledger.runs().steps(run);
        assertThat(rows.get(0).compensation()).isEqualTo(Compensation.DONE);
        assertThat(rows.get(0).undoEndedAt()).isPresent();
        assertThat(rows.get(1).error().orElseThrow()).startsWith("out-of-stock: cannot reserve 1 of sku-empty");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void theLedgerCostsAStepNoRoundTrip(Databases databases) throws Exception {
        try (LedgerWriter writer = open(databases);
                WireProxy proxy = new WireProxy(TestDatabase.POSTGRESQL);
                HikariDataSource counted = TestPostgres.pool(
                        shopUrl.replace(":" + TestPostgres.port() + "/", ":" + proxy.port() + "/") + "?sslmode=disable",
                        1)) {
            FencedOrderSteps steps = orderSteps(counted, writer);
            Order order = order("o-" + ORDERS.incrementAndGet(), "acc-1", line("sku-1", 1, 10));
            RunRef run = accept(order);
            steps.create(call(run, "create-order", 1), order);
            proxy.takeRoundTrips();

            steps.reserveStock(call(run, "reserve-stock", 2), order);
            assertThat(proxy.takeRoundTrips()).isEqualTo(4);
            steps.debitAccount(call(run, "debit-account", 3), order);
            assertThat(proxy.takeRoundTrips()).isEqualTo(4);
            steps.complete(call(run, "complete", 4), order);
            assertThat(proxy.takeRoundTrips()).isEqualTo(4);
        }
    }

    @Test
    void aRoleThatMayNotWriteToTheLedgerIsRefusedWithWhatItLacksUntilItIsGranted() throws Exception {
        try (LedgerWriter writer = open(Databases.ONE)) {
            String role = TestPostgres.newRole();
            execute("grant usage on schema shop, reprise_kit to " + role);
            execute("grant all on all tables in schema shop, reprise_kit to " + role);
            execute("grant all on all sequences in schema shop, reprise_kit to " + role);
            try (HikariDataSource clerk = ConnectionPool.open(
                    "clerk", new ConnectionSettings(shopUrl, role, EmbeddedPostgresServer.PASSWORD, 2))) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> orderSteps(clerk, writer))
                        .withMessageContainingAll(
                                role, "USAGE on schema reprise", "UPDATE on reprise.run", "INSERT on reprise.run_step");

                StepGrants.grant(ledgerPool, role);

                FencedOrderSteps steps = orderSteps(clerk, writer);
                Order order = order("o-" + ORDERS.incrementAndGet(), "acc-1", line("sku-1", 1, 10));
                RunRef run = accept(order);
                steps.create(call(run, "create-order", 1), order);
                steps.reserveStock(call(run, "reserve-stock", 2), order);
                steps.debitAccount(call(run, "debit-account", 3), order);
                steps.complete(call(run, "complete", 4), order);
                assertSucceeded(run);
            }
        }
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = ledgerPool.getConnection();
                Statement open = connection.createStatement()) {
            open.execute(statement);
        }
    }

    private FencedOrderSteps orderSteps(HikariDataSource shop, LedgerWriter writer) throws Exception {
        LedgerEntries entries = StepLedger.choose(shop, ledgerPool, writer, Clock.systemUTC());
        FencedSteps fenced = TestSteps.on(shop, entries);
        return new FencedOrderSteps(fenced, Clock.systemUTC());
    }

    private RunRef accept(Order order) {
        Accepted accepted = ledger.acceptance()
                .accept(new NewRun(
                        new WorkflowId("order/" + order.orderId()),
                        "order",
                        "order",
                        new RunInput("{}"),
                        StepMode.REGULAR,
                        "http",
                        RunOrder.FREE));
        return ((Accepted.New) accepted).run();
    }

    private static StepCall call(RunRef run, String stepId, int position) {
        return new StepCall(run.workflowId().step(stepId), run.runId(), run.startedOn(), position, position == 4);
    }

    private static UndoCall undo(RunRef run, String stepId, int position) {
        return new UndoCall(
                run.workflowId().step(stepId), run.runId(), run.startedOn(), position, Forward.FAILED, "out-of-stock");
    }

    private static RunOutcome rejected(RunRef run) {
        return new RunOutcome(
                run.runId(),
                run.startedOn(),
                run.workflowId(),
                1,
                Forward.FAILED,
                Compensation.DONE,
                "out-of-stock",
                "nothing left",
                List.of(
                        new StepOutcome("create-order", Forward.SUCCEEDED, Compensation.DONE, null),
                        new StepOutcome("reserve-stock", Forward.FAILED, Compensation.NONE, null)));
    }
}
