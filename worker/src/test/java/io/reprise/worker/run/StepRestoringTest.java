package io.reprise.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reprise.activities.connection.ConnectionSettings;
import io.reprise.activities.saga.Fences;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.db.Ledger;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.EndedRun;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.RunOrder;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.RunStep;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.Placement;
import io.reprise.worker.connection.Pools;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.StepOutcome;
import io.reprise.workflows.run.WorkflowId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shop apart from the ledger, and a worker that died with the facts of its steps. */
class StepRestoringTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration AT_ONCE = Duration.ofSeconds(-1);
    private static final Duration OFTEN = Duration.ofMillis(50);

    private static EmbeddedPostgresServer postgres;
    private static HikariDataSource ledgerPool;
    private static HikariDataSource shopPool;
    private static Ledger ledger;

    @BeforeAll
    static void open() {
        postgres = EmbeddedPostgresServer.start(Placement.temporary());
        ledgerPool = pool("ledger");
        shopPool = pool("shop");
        LedgerMigrations.migrate(ledgerPool);
        KitMigrations.migrate(shopPool);
        ledger = Ledger.over(ledgerPool, Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        shopPool.close();
        ledgerPool.close();
        postgres.close();
    }

    @Test
    void theStepsOfASucceededRunAreBroughtBackFromItsFences() throws Exception {
        RunRef run = accept("o-1");
        fence(run, "create-order", 1, "DONE");
        fence(run, "complete", 2, "DONE");
        ledger.outcomes().succeedAll(List.of(run));

        try (StepRestoring _ = restoring()) {
            await().atMost(PATIENCE).until(() -> ledger.runs().steps(run).size() == 2);
        }

        assertThat(ledger.runs().steps(run)).allSatisfy(step -> {
            assertThat(step.forward()).isEqualTo(Forward.SUCCEEDED);
            assertThat(step.worker()).contains("dead");
            assertThat(step.rows()).hasValue(3);
        });
    }

    @Test
    void anUndoneStepGetsItsDetailsAndWhatTheRunSaidStands() throws Exception {
        RunRef run = accept("o-2");
        fence(run, "create-order", 1, "COMPENSATED");
        fence(run, "reserve-stock", 2, "COMPENSATED");
        ledger.outcomes()
                .settle(new RunOutcome(
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
                                new StepOutcome("reserve-stock", Forward.FAILED, Compensation.DONE, "nothing left"))));

        try (StepRestoring _ = restoring()) {
            await().atMost(PATIENCE)
                    .until(() ->
                            ledger.runs().steps(run).getFirst().undoEndedAt().isPresent());
        }

        List<RunStep> steps = ledger.runs().steps(run);
        assertThat(steps.get(0).worker()).contains("dead");
        assertThat(steps.get(0).compensation()).isEqualTo(Compensation.DONE);
        assertThat(steps.get(1).forward()).isEqualTo(Forward.FAILED);
        assertThat(steps.get(1).error()).contains("nothing left");
    }

    @Test
    void everyRunIsLookedAtOnce() throws Exception {
        RunRef run = accept("o-3");
        ledger.outcomes().succeedAll(List.of(run));
        assertThat(unchecked()).contains(run);

        try (StepRestoring _ = restoring()) {
            await().atMost(PATIENCE).until(() -> unchecked().isEmpty());
        }
    }

    private static List<RunRef> unchecked() {
        return ledger.uncheckedSteps().endedBefore(Instant.now().plusSeconds(1), Optional.empty(), 10).stream()
                .map(EndedRun::ref)
                .toList();
    }

    private static StepRestoring restoring() {
        Fences fences = new Fences(shopPool);
        return StepRestoring.start(
                ledger,
                run -> fences.ofRun(run.workflowId()),
                Clock.systemUTC(),
                AT_ONCE,
                OFTEN,
                new SimpleMeterRegistry());
    }

    private static RunRef accept(String orderId) {
        NewRun run = new NewRun(
                new WorkflowId("order/" + orderId),
                "order",
                "order",
                new RunInput("{}"),
                StepMode.REGULAR,
                "test",
                RunOrder.FREE);
        return ((Accepted.New) ledger.acceptance().accept(run)).run();
    }

    private static void fence(RunRef run, String step, int position, String state) throws SQLException {
        try (Connection connection = shopPool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into reprise_kit.fence (step_key, workflow_id, run_id, started_on, step_id, position, state,
                        attempt, worker, rows, started_at, done_at, undo_attempt, undo_worker, undone_at)
                    values ('%1$s:%4$s', '%1$s', '%2$s', '%3$s', '%4$s', %5$d, '%6$s',
                        1, 'dead', 3, now(), now(), 1, 'dead', case when '%6$s' = 'COMPENSATED' then now() end)""".formatted(run.workflowId(), run.runId(), run.startedOn(), step, position, state));
        }
    }

    private static HikariDataSource pool(String database) {
        return Pools.open(
                database,
                new ConnectionSettings(
                        postgres.createDatabase(database),
                        EmbeddedPostgresServer.USER,
                        EmbeddedPostgresServer.PASSWORD,
                        3),
                3);
    }
}
