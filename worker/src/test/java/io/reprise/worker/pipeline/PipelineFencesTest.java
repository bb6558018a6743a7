package io.reprise.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.activities.saga.FencesUnknown;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.EndedRun;
import io.reprise.db.run.Lease;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.RunOrder;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.RunStep;
import io.reprise.worker.run.StepRestoring;
import io.reprise.worker.run.Sweeper;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that changed a database which then is away, and comes back. */
@Tag("slow")
class PipelineFencesTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(-1);
    private static final Duration OFTEN = Duration.ofMillis(50);

    @TempDir
    private static Path folder = Path.of("");

    private static PipelineStage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new PipelineStage(folder);
        stage.apply(Map.of("sales", """
                pipeline: sales
                slot: none
                defaults: {connection: warehouse}
                steps:
                  - {id: make, sql: "create table if not exists sales (sku text)"}
                  - {id: fill, sql: "insert into sales values ('tea')"}
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
    void stepsThatTheLedgerLostComeBackWithTheDatabaseThatKnowsThem() throws Exception {
        RunRef run = stage.run("sales", "restored");
        stage.awaitEnded(run);
        stage.warehouse().stop();
        stage.inLedger("delete from reprise.run_step where run_id = '" + run.runId() + "'");
        stage.inLedger("update reprise.run set steps_unchecked = true where run_id = '" + run.runId() + "'");
        RunRef other = order("o-1");
        stage.ledger().outcomes().succeedAll(List.of(other));

        try (StepRestoring _ = StepRestoring.start(
                stage.ledger(), stage.fences(), Clock.systemUTC(), AT_ONCE, OFTEN, new SimpleMeterRegistry())) {
            await().atMost(PipelineStage.PATIENCE)
                    .untilAsserted(() -> assertThat(unchecked()).contains(run).doesNotContain(other));

            stage.warehouse().startAgain();

            await().atMost(PipelineStage.PATIENCE)
                    .untilAsserted(() -> assertThat(unchecked()).doesNotContain(run));
        }
        assertThat(stage.ledger().runs().steps(run))
                .extracting(RunStep::stepId, RunStep::forward)
                .containsExactly(tuple("make", Forward.SUCCEEDED), tuple("fill", Forward.SUCCEEDED));
    }

    @Test
    void nothingIsConcludedOfARunWhoseDatabaseIsAway() throws Exception {
        RunRef run = stage.run("sales", "swept");
        stage.awaitEnded(run);
        stage.warehouse().stop();
        stage.inLedger(
                "update reprise.run set forward = 'RUNNING', ended_at = null where run_id = '" + run.runId() + "'");
        RunRef lost = order("o-2");
        stage.ledger().startQueue().started(lost, UUID.randomUUID().toString());

        try (Sweeper _ = stage.sweeping()) {
            await().atMost(PipelineStage.PATIENCE)
                    .until(() -> stage.shown(lost).reason().equals(Optional.of("lost")));
            assertThat(stage.shown(run).isEnded()).isFalse();

            stage.warehouse().startAgain();

            assertThat(stage.awaitEnded(run).forward()).isEqualTo(Forward.SUCCEEDED);
        }
    }

    @Test
    void theFencesOnAConnectionThatIsNotServedAreUnknown() throws Exception {
        RunRef run = stage.run("sales", "unserved");
        stage.awaitEnded(run);
        stage.inLedger("update reprise.run set input = replace(input::text, 'sql.warehouse', 'sql.elsewhere')"
                + " where run_id = '" + run.runId() + "'");

        assertThatThrownBy(() -> stage.fences().of(run))
                .isInstanceOf(FencesUnknown.class)
                .hasMessage("cannot tell the fences of pipeline/sales/unserved: of connection elsewhere, it is not"
                        + " served by this worker (expected: every database that it changes answers)");
    }

    private static List<RunRef> unchecked() {
        return stage.ledger().uncheckedSteps().endedBefore(Instant.now().plusSeconds(1), Optional.empty(), 10).stream()
                .map(EndedRun::ref)
                .toList();
    }

    private static RunRef order(String orderId) {
        NewRun run = new NewRun(
                new WorkflowId("order/" + orderId),
                "order",
                "order",
                new RunInput("{}"),
                StepMode.REGULAR,
                "test",
                RunOrder.FREE);
        Accepted accepted = stage.ledger().acceptance().accept(run, new Lease("test", Duration.ofMinutes(5)));
        return ((Accepted.New) accepted).run();
    }
}
