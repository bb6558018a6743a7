package io.reprise.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.reprise.activities.pipeline.PipelineDeclarations;
import io.reprise.activities.run.Audits;
import io.reprise.activities.run.RunAudit;
import io.reprise.activities.run.RunDeclarations;
import io.reprise.db.run.AuditFinding;
import io.reprise.db.run.AuditReport;
import io.reprise.db.run.RunRef;
import io.reprise.db.shared.PageRequest;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.saga.Sagas;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An audit of runs whose fences stand on a connection of the catalog. */
@Tag("slow")
class PipelineAuditTest {

    @TempDir
    private static Path folder = Path.of("");

    private static PipelineStage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new PipelineStage(folder);
        stage.inWarehouse("create table sales (sku text primary key)");
        stage.apply(Map.of("good", """
                pipeline: good
                slot: none
                defaults: {connection: warehouse, retry: {attempts: 1}}
                steps:
                  - {id: fill, sql: "insert into sales values (gen_random_uuid()::text)"}
                  - {id: spare, sql: "insert into nowhere values (1)", if-fails: continue}
                  - {id: more, needs: [fill], sql: "select 1", guarantee: idempotent}
                """, "undone", """
                pipeline: undone
                slot: none
                failure: undo
                defaults: {connection: warehouse, retry: {attempts: 1}}
                steps:
                  - {id: note, sql: "select 1"}
                  - {id: fill, sql: "insert into sales values ('undone')", undo: "delete from sales where sku = 'undone'"}
                  - {id: fail, sql: "insert into nowhere values (1)"}
                finally:
                  - {id: last, sql: "select 1"}
                """, "held", """
                pipeline: held
                slot: none
                failure: hold
                defaults: {connection: warehouse, retry: {attempts: 1}}
                steps:
                  - {id: fill, sql: "insert into sales values ('held')", undo: "delete from sales where sku = 'held'"}
                  - {id: fail, sql: "insert into nowhere values (1)"}
                """));
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @AfterEach
    void bringBack() {
        stage.warehouse().startAgain();
    }

    @Test
    void runsThatEndedAsTheirFencesSayAgree() throws Exception {
        RunRef good = stage.run("good", "1");
        RunRef undone = stage.run("undone", "1");
        RunRef held = stage.run("held", "1");

        assertThat(stage.awaitEnded(good).forward()).isEqualTo(Forward.SUCCEEDED);
        assertThat(stage.awaitEnded(undone).compensation()).isEqualTo(Compensation.DONE);
        assertThat(stage.awaitEnded(held).compensation()).isEqualTo(Compensation.NONE);

        assertThat(stage.askWarehouse("select step_key from reprise_kit.fence")).hasSizeGreaterThanOrEqualTo(6);
        await().atMost(PipelineStage.PATIENCE)
                .untilAsserted(() -> assertThat(audit("1")).isEmpty());
    }

    @Test
    void aRunThatTheLedgerForgotIsFoundByItsFences() throws Exception {
        RunRef forgotten = stage.run("undone", "2");
        stage.awaitEnded(forgotten);
        stage.inLedger("delete from reprise.run where run_id = '" + forgotten.runId() + "'");
        stage.inLedger("delete from reprise.run_key where run_id = '" + forgotten.runId() + "'");

        assertThat(audit("2"))
                .extracting(AuditFinding::kind, AuditFinding::subject)
                .contains(tuple("run-not-in-ledger", "pipeline/undone/2"));
    }

    @Test
    void aDatabaseThatWasRestoredFromABackupIsFoundByTheLedger() throws Exception {
        stage.awaitEnded(stage.run("good", "3"));
        stage.awaitEnded(stage.run("undone", "3"));
        stage.inWarehouse("delete from reprise_kit.fence where step_key = 'pipeline/good/3:fill'");
        stage.inWarehouse("update reprise_kit.fence set state = 'DONE' where step_key = 'pipeline/undone/3:fill'");

        assertThat(audit("3"))
                .extracting(AuditFinding::kind, AuditFinding::subject)
                .contains(
                        tuple("fence-missing", "pipeline/good/3:fill"),
                        tuple("step-not-undone", "pipeline/undone/3:fill"));
    }

    @Test
    void aConnectionThatIsAwayIsToldInALineOfItsOwn() throws Exception {
        stage.awaitEnded(stage.run("good", "4"));
        stage.awaitEnded(stage.run("undone", "4"));
        stage.warehouse().stop();

        assertThat(audit("4")).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo("fences-not-looked-at");
            assertThat(finding.subject()).isEqualTo("connection warehouse");
            assertThat(finding.found()).startsWith("it answers: ");
        });
    }

    @Test
    void theFencesOfAProbeAreNoRuns() throws Exception {
        stage.awaitEnded(stage.run("good", "5"));
        stage.inWarehouse("insert into reprise_kit.fence (step_key, workflow_id, run_id, started_on, step_id, position,"
                + " state) values ('probe/warehouse-1:try-1', 'probe/warehouse-1', 'warehouse-1', current_date, 'try-1',"
                + " 1, 'DONE')");

        await().atMost(PipelineStage.PATIENCE)
                .untilAsserted(() -> assertThat(audit("5")).isEmpty());
    }

    /** What is found of the runs with that key, and of connections. */
    private static List<AuditFinding> audit(String key) throws Exception {
        PipelineFences fences = stage.fences();
        RunAudit audit = new RunAudit(
                stage.ledger().runs(),
                new PipelineDeclarations(stage.ledger().runs(), RunDeclarations.of(Sagas.of())),
                fences,
                fences::homes,
                stage.temporal(),
                () -> stage.ledger().partitions().kept(LocalDate.EPOCH),
                Duration.ofMillis(50));
        AuditReport asked = stage.ledger().auditReports().request(AuditReport.Kind.ALL, "test");
        new Audits(stage.ledger().auditReports(), "worker-1", Map.of(AuditReport.Kind.ALL, audit)).makeNext();
        AuditReport made = stage.ledger().auditReports().byId(asked.reportId()).orElseThrow();
        assertThat(made.state()).as("%s", made.error()).isEqualTo(AuditReport.State.DONE);
        return stage.ledger().auditReports().findings(asked.reportId(), PageRequest.first(100)).items().stream()
                .filter(finding -> !finding.subject().startsWith("pipeline/")
                        || finding.subject().matches("pipeline/[a-z]+/" + key + "(:.*)?"))
                .toList();
    }
}
