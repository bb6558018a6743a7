package io.reprise.activities.run;

import static io.reprise.activities.order.ShopOrders.line;
import static io.reprise.activities.order.ShopOrders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.order.FencedOrderSteps;
import io.reprise.activities.order.SampleShop;
import io.reprise.activities.order.ShopMigrations;
import io.reprise.activities.saga.FenceHome;
import io.reprise.activities.saga.Fences;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.activities.saga.TestSteps;
import io.reprise.activities.shared.TestPostgres;
import io.reprise.activities.sql.Pipeline;
import io.reprise.db.Ledger;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.AuditFinding;
import io.reprise.db.run.AuditReport;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.RunOrder;
import io.reprise.db.run.RunRef;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.db.shared.PageRequest;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderSaga;
import io.reprise.workflows.order.OrderSteps;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.StepOutcome;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.Sagas;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.temporal.testing.TestWorkflowEnvironment;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class RunAuditTest {

    private static final Sagas SAGAS = Sagas.of(
            OrderSaga.PLACE,
            Saga.of("loose", Order.class, OrderSteps.class)
                    .step("create-order", OrderSteps::create)
                    .step("reserve-stock", OrderSteps::reserveStock)
                    .undo(OrderSteps::releaseStock)
                    .build());

    private HikariDataSource ledgerPool;
    private HikariDataSource shopPool;
    private Ledger ledger;
    private LedgerWriter writer;
    private FencedOrderSteps steps;
    private TestWorkflowEnvironment temporal;
    private final List<String> unserved = new ArrayList<>();
    private LocalDate keptFrom = LocalDate.EPOCH;

    @BeforeEach
    void open() throws Exception {
        String database = TestPostgres.newDatabase();
        ledgerPool = TestPostgres.ledgerPool(database, 3);
        shopPool = TestPostgres.pool(database, 3);
        LedgerMigrations.migrate(ledgerPool);
        KitMigrations.migrate(shopPool);
        ShopMigrations.migrate(shopPool);
        SampleShop.seed(shopPool);
        ledger = Ledger.over(ledgerPool, Clock.systemUTC());
        writer = new LedgerWriter(ledger.stepFacts(), ledger.outcomes(), Duration.ofSeconds(5));
        steps = new FencedOrderSteps(
                TestSteps.on(shopPool, StepLedger.choose(shopPool, ledgerPool, writer, Clock.systemUTC())),
                Clock.systemUTC());
        temporal = TestWorkflowEnvironment.newInstance();
    }

    @AfterEach
    void close() {
        temporal.close();
        writer.close();
        shopPool.close();
        ledgerPool.close();
    }

    @Test
    void runsThatEndedAsTheirFencesSayAgree() throws Exception {
        complete("o-1");
        undone("o-2");
        accept("o-3");

        assertThat(audit()).isEmpty();
    }

    @Test
    void aLedgerRestoredFromABackupIsFoundByItsFences() throws Exception {
        complete("o-1");
        RunRef forgotten = complete("o-2");
        RunRef behind = complete("o-3");
        forget(forgotten);
        execute("update reprise.run set forward = 'QUEUED', ended_at = null where run_id = '" + behind.runId() + "'");

        assertThat(audit())
                .extracting(AuditFinding::kind, AuditFinding::subject)
                .contains(tuple("run-not-in-ledger", "order/o-2"), tuple("run-behind-its-fences", "order/o-3:complete"))
                .hasSize(5);
    }

    @Test
    void aDatabaseThatThisWorkerMayNotLookIntoIsToldOnce() throws Exception {
        complete("o-1");
        forget(complete("o-2"));
        unserved.add("connection elsewhere");

        assertThat(audit())
                .extracting(AuditFinding::kind, AuditFinding::subject)
                .containsExactlyInAnyOrder(
                        tuple("run-not-in-ledger", "order/o-2"), tuple("fences-not-looked-at", "connection elsewhere"));
    }

    @Test
    void aRunThatTheLedgerDroppedAfterItsRetentionIsNoDisagreement() throws Exception {
        RunRef dropped = complete("o-1");
        forget(dropped);
        assertThat(audit()).hasSize(1);

        keptFrom = dropped.startedOn().plusMonths(1);

        assertThat(audit()).isEmpty();
    }

    @Test
    void aRunWithManyFencesIsToldOnce() throws Exception {
        RunRef one = complete("o-1");
        RunRef other = complete("o-1-b");
        forget(one);
        forget(other);

        assertThat(audit()).extracting(AuditFinding::subject).containsExactlyInAnyOrder("order/o-1", "order/o-1-b");
    }

    @Test
    void anAuditorThatWasTooSlowLeavesTheReportToWhoeverBeganItAgain() throws Exception {
        AuditReport asked = ledger.auditReports().request(AuditReport.Kind.ALL, "test");
        Audit slow = progress -> {
            execute("update reprise.audit_report set claimed_by = 'worker-2' where report_id = '" + asked.reportId()
                    + "'");
            for (int n = 0; n < 1000; n++) {
                progress.found(new AuditFinding("run-lost", "order/o-" + n, "nothing", "a run"));
            }
        };

        new Audits(ledger.auditReports(), "worker-1", Map.of(AuditReport.Kind.ALL, slow)).makeNext();

        AuditReport left = ledger.auditReports().byId(asked.reportId()).orElseThrow();
        assertThat(left.state()).isEqualTo(AuditReport.State.RUNNING);
        assertThat(left.disagreements()).isZero();
    }

    @Test
    void aShopRestoredFromABackupIsFoundByTheLedger() throws Exception {
        complete("o-1");
        undone("o-2");
        execute("delete from reprise_kit.fence where step_key = 'order/o-1:complete'");
        execute("update reprise_kit.fence set state = 'DONE' where step_key = 'order/o-2:create-order'");

        assertThat(audit())
                .extracting(AuditFinding::kind, AuditFinding::subject)
                .contains(
                        tuple("fence-missing", "order/o-1:complete"),
                        tuple("step-not-undone", "order/o-2:create-order"));
    }

    @Test
    void aFenceCommittedAsRunningIsFound() throws Exception {
        complete("o-1");
        execute("update reprise_kit.fence set state = 'RUNNING' where step_key = 'order/o-1:complete'");

        assertThat(audit()).extracting(AuditFinding::kind).contains("step-uncertain");
    }

    @Test
    void aRunThatTemporalDoesNotKnowIsFound() throws Exception {
        RunRef lost = accept("o-1");
        execute("update reprise.run set forward = 'RUNNING', temporal_run_id = 'gone' where run_id = '" + lost.runId()
                + "'");

        assertThat(audit())
                .singleElement()
                .returns("temporal-disagrees", AuditFinding::kind)
                .returns("order/o-1", AuditFinding::subject);
    }

    @Test
    void aStepThatDeclaresNoUndoMayStandInARunThatWasUndone() throws Exception {
        RunRef run = accept("o-1", "loose");
        Order order = order("o-1", "acc-1", line("sku-1", 1, 10));
        steps.create(call(run, "create-order", 1), order);
        steps.reserveStock(call(run, "reserve-stock", 2), order);
        steps.releaseStock(undo(run, "reserve-stock", 2));
        ledger.outcomes().settle(cancelled(run, Compensation.NONE, Compensation.DONE));

        assertThat(audit()).isEmpty();

        execute("update reprise_kit.fence set state = 'DONE' where step_key = 'order/o-1:reserve-stock'");
        assertThat(audit())
                .extracting(AuditFinding::kind, AuditFinding::subject)
                .contains(tuple("step-not-undone", "order/o-1:reserve-stock"));
    }

    private List<AuditFinding> audit() throws Exception {
        Fences fences = new Fences(shopPool);
        RunAudit audit = new RunAudit(
                ledger.runs(),
                RunDeclarations.of(SAGAS),
                run -> fences.ofRun(run.workflowId()),
                () -> homes(fences),
                temporal.getWorkflowClient(),
                () -> ledger.partitions().kept(keptFrom),
                Duration.ofMillis(50));
        AuditReport asked = ledger.auditReports().request(AuditReport.Kind.ALL, "test");
        new Audits(ledger.auditReports(), "worker-1", Map.of(AuditReport.Kind.ALL, audit)).makeNext();
        AuditReport made = ledger.auditReports().byId(asked.reportId()).orElseThrow();
        assertThat(made.state()).as("%s", made.error()).isEqualTo(AuditReport.State.DONE);
        return ledger.auditReports()
                .findings(asked.reportId(), PageRequest.first(100))
                .items();
    }

    private List<FenceHome> homes(Fences shop) {
        List<FenceHome> homes = new ArrayList<>(List.of(new FenceHome("the shop", Optional.of(shop))));
        unserved.forEach(name -> homes.add(new FenceHome(name, Optional.empty())));
        return homes;
    }

    private RunRef complete(String orderId) {
        RunRef run = accept(orderId);
        Order order = order(orderId, "acc-1", line("sku-1", 1, 10));
        steps.create(call(run, "create-order", 1), order);
        steps.reserveStock(call(run, "reserve-stock", 2), order);
        steps.debitAccount(call(run, "debit-account", 3), order);
        steps.complete(call(run, "complete", 4), order);
        return run;
    }

    private void undone(String orderId) {
        RunRef run = accept(orderId);
        Order order = order(orderId, "acc-1", line("sku-1", 1, 10));
        steps.create(call(run, "create-order", 1), order);
        steps.releaseStock(undo(run, "reserve-stock", 2));
        steps.cancel(undo(run, "create-order", 1));
        ledger.outcomes().settle(cancelled(run, Compensation.DONE, Compensation.NONE));
    }

    private void forget(RunRef run) throws Exception {
        execute("delete from reprise.run where run_id = '" + run.runId() + "'");
        execute("delete from reprise.run_key where run_id = '" + run.runId() + "'");
    }

    private static RunOutcome cancelled(RunRef run, Compensation create, Compensation reserve) {
        return new RunOutcome(
                run.runId(),
                run.startedOn(),
                run.workflowId(),
                1,
                Forward.CANCELLED,
                Compensation.DONE,
                "cancelled",
                null,
                List.of(
                        new StepOutcome("create-order", Forward.SUCCEEDED, create, null),
                        new StepOutcome(
                                "reserve-stock",
                                reserve == Compensation.NONE ? Forward.QUEUED : Forward.SUCCEEDED,
                                reserve,
                                null)));
    }

    private RunRef accept(String orderId) {
        return accept(orderId, "order");
    }

    private RunRef accept(String orderId, String workflowType) {
        Accepted accepted = ledger.acceptance()
                .accept(new NewRun(
                        new WorkflowId("order/" + orderId),
                        workflowType,
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
                run.workflowId().step(stepId), run.runId(), run.startedOn(), position, Forward.CANCELLED, "cancelled");
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = shopPool.getConnection()) {
            new Pipeline().add(sql).run(connection);
            connection.commit();
        }
    }
}
