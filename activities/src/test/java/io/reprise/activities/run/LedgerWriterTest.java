package io.reprise.activities.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.saga.StepEntry;
import io.reprise.activities.shared.TestPostgres;
import io.reprise.activities.sql.Pipeline;
import io.reprise.db.Ledger;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.StepFact;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerWriterTest {

    private final Instant now = Clock.systemUTC().instant();
    private final LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);

    private HikariDataSource pool;
    private Ledger ledger;

    @BeforeEach
    void open() {
        pool = TestPostgres.ledgerPool(TestPostgres.newDatabase(), 2);
        LedgerMigrations.migrate(pool);
        ledger = Ledger.over(pool, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void whatWaitsIsWrittenBeforeTheWriterIsClosed() {
        LedgerWriter writer = new LedgerWriter(ledger.stepFacts(), ledger.outcomes(), Duration.ofSeconds(10));
        for (int n = 0; n < 2_000; n++) {
            writer.write(entry("step-" + n));
        }

        writer.close();

        assertThat(writer.dropped()).isZero();
        assertThat(ledger.runs().steps(run())).hasSize(2_000);
    }

    @Test
    void whatTheLedgerRefusesIsCountedAndDoesNotBlockWhatFollows() throws Exception {
        try (LedgerWriter writer = new LedgerWriter(ledger.stepFacts(), ledger.outcomes(), Duration.ofSeconds(10))) {
            execute("alter table reprise.run_step rename to run_step_away");
            writer.write(entry("refused"));
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> writer.dropped() == 1);
            execute("alter table reprise.run_step_away rename to run_step");

            writer.write(entry("written"));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> ledger.runs().steps(run()).size() == 1);
        }
    }

    @Test
    void aFullQueueDropsAndCountsWithoutHoldingUpAStep() throws Exception {
        try (Connection holder = pool.getConnection()) {
            holder.setAutoCommit(false);
            new Pipeline()
                    .add("lock table reprise.run_step in access exclusive mode")
                    .run(holder);
            LedgerWriter writer = new LedgerWriter(ledger.stepFacts(), ledger.outcomes(), Duration.ofSeconds(10), 2);
            for (int n = 0; n < 1_000; n++) {
                writer.write(entry("step-" + n));
            }

            assertThat(writer.dropped()).isPositive();
            assertThat(writer.waiting()).isLessThanOrEqualTo(2);
            holder.rollback();
            writer.close();
            assertThat(ledger.runs().steps(run()).size() + writer.dropped()).isEqualTo(1_000);
        }
    }

    private RunRef run() {
        return new RunRef("run-1", today, new WorkflowId("order/o-1"));
    }

    private StepEntry entry(String stepId) {
        return new StepEntry(
                new StepFact.Went(
                        "run-1",
                        today,
                        stepId,
                        1,
                        Forward.SUCCEEDED,
                        1,
                        1L,
                        StepMode.REGULAR,
                        "worker-1",
                        null,
                        now,
                        now),
                Optional.empty());
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = pool.getConnection()) {
            new Pipeline().add(sql).run(connection);
        }
    }
}
