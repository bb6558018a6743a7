package io.reprise.db;

import static io.reprise.db.ledger.Tables.INBOX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.reprise.db.access.OperatorDecision;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.AuditFinding;
import io.reprise.db.run.AuditReport;
import io.reprise.db.run.AuditReports;
import io.reprise.db.run.Lease;
import io.reprise.db.run.LogLine;
import io.reprise.db.run.OrderRule;
import io.reprise.db.run.Orders;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.WorkerPresence;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import io.reprise.db.shared.Partitions;
import io.reprise.db.shared.SettableClock;
import io.reprise.db.shared.TestLedger;
import io.reprise.db.trigger.Resumed;
import io.reprise.db.trigger.Triggers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-19T10:00:00Z"));
    private final Ledger ledger = DATABASE.at(clock);

    @Test
    void isMigratedOnceHoweverOftenThatIsAsked() {
        assertThat(LedgerMigrations.migrate(DATABASE.database())).isZero();
    }

    @Test
    void knowsTheWorkersThatWereHeardOfLately() {
        WorkerPresence worker = new WorkerPresence(
                "worker-1", clock.instant(), clock.instant(), "0.1.0", List.of("order"), "up", "up", "up", true);
        ledger.workers().present(worker);
        assertThat(ledger.workers().heardWithin(Duration.ofSeconds(6))).containsExactly(worker);

        clock.pass(Duration.ofSeconds(7));
        assertThat(ledger.workers().heardWithin(Duration.ofSeconds(6))).isEmpty();
        ledger.workers().present(worker);
        assertThat(ledger.workers().heardWithin(Duration.ofSeconds(6))).hasSize(1);
        ledger.workers().gone("worker-1");
        assertThat(ledger.workers().heardWithin(Duration.ofSeconds(6))).isEmpty();
    }

    @Test
    void keepsATriggerPausedWhenItsWorkerStartsAgain() {
        Triggers triggers = ledger.triggers();
        triggers.register("orders-placed", "shop.orders.placed", OrderRule.PER_KEY, "{}");
        triggers.pause("orders-placed", "the warehouse moves", "ann");

        triggers.register("orders-placed", "shop.orders.placed", OrderRule.PER_KEY, "{}");

        assertThat(triggers.byName("orders-placed").orElseThrow().paused()).isTrue();
        assertThat(triggers.byName("orders-placed").orElseThrow().pausedReason())
                .contains("the warehouse moves");
        assertThat(triggers.resume("orders-placed", Optional.empty()))
                .asInstanceOf(type(Resumed.GoesOn.class))
                .satisfies(
                        resumed -> assertThat(resumed.subscription().paused()).isFalse());
        assertThat(triggers.pause("unknown", "why", "ann")).isEmpty();
    }

    @Test
    void auditsWhatWasAskedForAndBeginsAgainWhenTheAuditorIsLost() {
        AuditReports audits = ledger.auditReports();
        Lease lease = new Lease("worker-1", Duration.ofSeconds(10));
        String id = audits.request(AuditReport.Kind.ALL, "ann").reportId();
        assertThat(audits.claim(lease).orElseThrow().reportId()).isEqualTo(id);
        assertThat(audits.claim(lease)).isEmpty();
        audits.progress(id, lease, 10, List.of(new AuditFinding("stale", "order/o-1", "RUNNING", "SUCCEEDED")));

        clock.pass(Duration.ofSeconds(10));
        audits.claim(lease);
        audits.progress(
                id,
                lease,
                20,
                List.of(
                        new AuditFinding("run-lost", "order/o-1", "nothing", "a run"),
                        new AuditFinding("run-lost", "order/o-2", "nothing", "a run")));
        audits.done(id, "worker-1");

        AuditReport report = audits.byId(id).orElseThrow();
        assertThat(report.state()).isEqualTo(AuditReport.State.DONE);
        assertThat(report.checked()).isEqualTo(20);
        assertThat(report.disagreements()).isEqualTo(2);
        Page<AuditFinding> first = audits.findings(id, PageRequest.first(1));
        Page<AuditFinding> second =
                audits.findings(id, PageRequest.first(1).after(first.next().orElseThrow()));
        assertThat(first.items()).extracting(AuditFinding::subject).containsExactly("order/o-1");
        assertThat(second.items()).extracting(AuditFinding::subject).containsExactly("order/o-2");
        assertThat(second.next()).isEmpty();
    }

    @Test
    void anAuditorThatWasTooSlowCanNeitherTellNorEndWhatAnotherOneBegan() {
        AuditReports audits = ledger.auditReports();
        Lease slow = new Lease("worker-1", Duration.ofSeconds(10));
        Lease next = new Lease("worker-2", Duration.ofSeconds(10));
        String id = audits.request(AuditReport.Kind.ALL, "ann").reportId();
        audits.claim(slow);
        clock.pass(Duration.ofSeconds(10));
        audits.claim(next);
        List<AuditFinding> found = List.of(new AuditFinding("run-lost", "order/o-1", "nothing", "a run"));

        assertThat(audits.progress(id, slow, 5, found)).isFalse();
        audits.failed(id, "worker-1", "no more");
        audits.done(id, "worker-1");
        assertThat(audits.progress(id, next, 7, found)).isTrue();

        assertThat(audits.byId(id).orElseThrow().state()).isEqualTo(AuditReport.State.RUNNING);
        assertThat(audits.byId(id).orElseThrow().checked()).isEqualTo(7);
        assertThat(audits.findings(id, PageRequest.first(10)).items()).hasSize(1);
        audits.done(id, "worker-2");
        assertThat(audits.byId(id).orElseThrow().state()).isEqualTo(AuditReport.State.DONE);
    }

    @Test
    void forgetsAuditsThatEndedLongAgoWithWhatTheyFound() {
        AuditReports audits = ledger.auditReports();
        Lease lease = new Lease("worker-1", Duration.ofSeconds(10));
        String ended = audits.request(AuditReport.Kind.ALL, "ann").reportId();
        audits.claim(lease);
        audits.progress(ended, lease, 1, List.of(new AuditFinding("run-lost", "order/o-1", "nothing", "a run")));
        audits.done(ended, "worker-1");
        clock.pass(Duration.ofSeconds(1));
        String asked = audits.request(AuditReport.Kind.ALL, "ann").reportId();

        assertThat(audits.forgetEnded(clock.instant())).isPositive();

        assertThat(audits.byId(ended)).isEmpty();
        assertThat(audits.findings(ended, PageRequest.first(10)).items()).isEmpty();
        assertThat(audits.byId(asked)).isPresent();
        audits.claim(lease);
        audits.done(asked, "worker-1");
    }

    @Test
    void forgetsWhatWasDecidedLongAgo() {
        ledger.operatorAudit().record("ann", "run.cancel", "decided-long-ago", "{}");
        clock.pass(Duration.ofSeconds(1));
        ledger.operatorAudit().record("bob", "run.retry", "decided-now", "{}");

        assertThat(ledger.operatorAudit().forget(clock.instant())).isPositive();

        assertThat(decided("decided-long-ago")).isEmpty();
        assertThat(decided("decided-now")).hasSize(1);
    }

    private List<OperatorDecision> decided(String target) {
        return ledger.operatorAudit()
                .page(Optional.of(target), PageRequest.first(10))
                .items();
    }

    @Test
    void remembersWhoDecidedWhat() {
        ledger.operatorAudit().record("ann", "run.cancel", "01J", "{\"reason\": \"twice\"}");
        ledger.operatorAudit().record("bob", "run.retry", "01J", "{}");

        assertThat(ledger.operatorAudit()
                        .page(Optional.of("01J"), PageRequest.first(10))
                        .items())
                .extracting(OperatorDecision::actor)
                .containsExactly("bob", "ann");
    }

    @Test
    void followsTheLogOfARun() {
        RunRef run = ((Accepted.New) ledger.acceptance().accept(Orders.order("logged"))).run();
        ledger.runLogs().append(List.of(line(run, "first"), line(run, "second")));
        Page<LogLine> read = ledger.runLogs().page(run.runId(), PageRequest.first(10));

        ledger.runLogs().append(List.of(line(run, "third")));

        assertThat(read.items()).extracting(LogLine::message).containsExactly("first", "second");
        assertThat(ledger.runLogs()
                        .page(
                                run.runId(),
                                PageRequest.first(10).after(read.next().orElseThrow()))
                        .items())
                .extracting(LogLine::message)
                .containsExactly("third");
    }

    @Test
    void dropsWhatIsPastRetentionAndNothingElse() {
        RunRef old = accepted("old", "2025-01-10T10:00:00Z");
        RunRef kept = ((Accepted.New) ledger.acceptance().accept(Orders.order("kept"))).run();
        ledger.startQueue().cancel(old.runId(), "not wanted");

        Partitions.Dropped dropped = ledger.partitions().dropBefore(LocalDate.parse("2025-06-15"));

        assertThat(dropped).isEqualTo(new Partitions.Dropped(6, List.of()));
        assertThat(ledger.runs().byId(old.runId())).isEmpty();
        assertThat(ledger.runs().byWorkflowId(old.workflowId())).isEmpty();
        assertThat(ledger.runs().byId(kept.runId())).isPresent();
        assertThat(DATABASE.sql().fetchCount(INBOX)).isZero();
    }

    @Test
    void keepsAMonthPastRetentionUntilItsLastRunHasEnded() {
        RunRef ended = accepted("ended", "2024-01-10T10:00:00Z");
        RunRef open = accepted("open", "2024-01-31T10:00:00Z");
        RunRef queued = accepted("queued", "2024-02-01T10:00:00Z");
        RunRef gone = accepted("gone", "2024-03-01T10:00:00Z");
        ledger.startQueue().cancel(ended.runId(), "not wanted");
        ledger.startQueue().cancel(gone.runId(), "not wanted");
        ledger.startQueue().started(open, "t-1");

        Partitions.Dropped first = ledger.partitions().dropBefore(LocalDate.parse("2024-06-15"));

        assertThat(first.held()).containsExactly(LocalDate.parse("2024-01-01"), LocalDate.parse("2024-02-01"));
        for (RunRef run : List.of(ended, open, queued)) {
            assertThat(ledger.runs().byWorkflowId(run.workflowId())).isPresent();
        }
        assertThat(ledger.runs().byWorkflowId(gone.workflowId())).isEmpty();

        ledger.startQueue().cancel(queued.runId(), "not wanted");
        ledger.outcomes().settle(Orders.ended(open));

        assertThat(ledger.partitions().dropBefore(LocalDate.parse("2024-06-15")).held())
                .isEmpty();
        assertThat(ledger.runs().byWorkflowId(open.workflowId())).isEmpty();
        assertThat(ledger.runs().byId(queued.runId())).isEmpty();
    }

    private static RunRef accepted(String name, String at) {
        Ledger then = DATABASE.at(new SettableClock(Instant.parse(at)));
        return ((Accepted.New) then.acceptance().accept(Orders.order(name))).run();
    }

    private LogLine line(RunRef run, String message) {
        return new LogLine(run.runId(), clock.instant(), Optional.of("reserve-stock"), LogLine.Level.INFO, message);
    }
}
