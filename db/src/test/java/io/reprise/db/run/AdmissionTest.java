package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.ADMISSIBLE_RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reprise.db.Ledger;
import io.reprise.db.ledger.Tables;
import io.reprise.db.shared.Concurrently;
import io.reprise.db.shared.SettableClock;
import io.reprise.db.shared.TestLedger;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class AdmissionTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final Lease ME = new Lease("worker-1", Duration.ofSeconds(10));

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-19T10:00:00Z"));
    private final Ledger ledger = DATABASE.at(clock);
    private final StartQueue queue = ledger.startQueue();

    @BeforeEach
    void emptyLedger() {
        DATABASE.sql().truncate(Tables.RUN).execute();
        DATABASE.sql().truncate(Tables.RUN_KEY).execute();
    }

    @Test
    void letsInAsManyRunsOfAPipelineAsItsSlotsSay() {
        accept("2026-11-01", "", slots(2));
        accept("2026-11-02", "", slots(2));
        accept("2026-11-03", "", slots(2));
        accept("2026-11-03", "other", new RunBounds("other", one(), "other", OptionalInt.empty(), Optional.empty()));

        List<QueuedRun> first = queue.claim(ME, 10);

        assertThat(slotsOf(first)).containsExactly("2026-11-01", "2026-11-02", "2026-11-03,other");
        assertThat(queue.claim(ME, 10)).isEmpty();
        queue.started(first.getFirst().run(), "t-1");
        assertThat(queue.claim(ME, 10)).isEmpty();
        end(first.getFirst().run());
        assertThat(slotsOf(queue.claim(ME, 10))).containsExactly("2026-11-03");
    }

    @Test
    void letsInAsManyRunsOfAKeyAsItSaysAndHoldsUpNoOtherKey() {
        accept("2026-11-01", "EU", perKey("EU", 1));
        accept("2026-11-02", "EU", perKey("EU", 1));
        accept("2026-11-01", "US", perKey("US", 1));
        accept("2026-11-01", "ASIA", perKey("ASIA", 1));

        assertThat(slotsOf(queue.claim(ME, 10)))
                .as("one of each key, two of all")
                .containsExactly("2026-11-01,EU", "2026-11-01,US");
    }

    @Test
    void letsSequentialSlotsInOneAfterTheOtherInTheOrderOfTheSlots() {
        accept("2026-11-03", "", sequential("2026-11-03"));
        accept("2026-11-01", "", sequential("2026-11-01"));
        accept("2026-11-02", "", sequential("2026-11-02"));

        for (String slot : List.of("2026-11-01", "2026-11-02", "2026-11-03")) {
            List<QueuedRun> claimed = queue.claim(ME, 10);
            assertThat(slotsOf(claimed)).containsExactly(slot);
            queue.started(claimed.getFirst().run(), "t-" + slot);
            assertThat(queue.claim(ME, 10)).isEmpty();
            end(claimed.getFirst().run());
        }
    }

    @Test
    void keepsTheOrderOfATriggersKeyAmongTheRunsThatItLetsIn() {
        RunOrder order = RunOrder.by(OrderRule.PER_KEY, "customer-1");
        accept(bounded("2026-11-01", "", slots(4), order));
        accept(bounded("2026-11-02", "", slots(4), order));
        accept("2026-11-03", "", slots(4));

        assertThat(slotsOf(queue.claim(ME, 10))).containsExactly("2026-11-01", "2026-11-03");
    }

    @Test
    void countsARunWhoseStarterWasLostAndStartsItAgain() {
        accept("2026-11-01", "", slots(1));
        accept("2026-11-02", "", slots(1));
        queue.claim(ME, 1);

        clock.pass(Duration.ofSeconds(10));

        assertThat(slotsOf(queue.claim(ME, 10))).containsExactly("2026-11-01");
    }

    @Test
    void neverLeasesABoundedRunToItsAcceptor() {
        NewRun first = bounded("2026-11-01", "", slots(1), RunOrder.FREE);
        NewRun second = bounded("2026-11-02", "", slots(1), RunOrder.FREE);
        RunRef firstRun = ((Accepted.New) ledger.acceptance().accept(first, ME)).run();
        RunRef secondRun = ((Accepted.New) ledger.acceptance().accept(second, ME)).run();

        assertThat(queue.claim(secondRun, ME)).isEmpty();
        assertThat(queue.claim(firstRun, ME)).isPresent();

        Run waiting = ledger.runs().byId(secondRun.runId()).orElseThrow();
        assertThat(waiting.admitted()).isFalse();
        assertThat(waiting.bounds()).contains(slots(1));
    }

    @Test
    void aRetryKeepsItsBounds() {
        accept("2026-11-01", "", slots(1));
        RunRef run = queue.claim(ME, 1).getFirst().run();
        end(run);

        ledger.generations().retry(run.runId(), RetryWish.whole(), ME);

        QueuedRun again = queue.claim(ME, 1).getFirst();
        assertThat(again.run().workflowId().generation()).isEqualTo(2);
        assertThat(ledger.runs().byId(again.run().runId()).orElseThrow().bounds())
                .contains(slots(1));
    }

    @Test
    void manyClaimersNeverLetInMoreThanThereIsRoomFor() throws Exception {
        for (int i = 10; i < 40; i++) {
            accept("2026-11-" + i, "", slots(4));
        }

        List<List<QueuedRun>> claimed = Concurrently.run(8, i -> queue.claim(ME, 10));

        assertThat(claimed.stream().flatMap(Collection::stream).toList()).hasSizeLessThanOrEqualTo(4);
        queue.claim(ME, 10);
        assertThat(DATABASE.sql().fetchCount(Tables.RUN, Tables.RUN.ADMITTED.isTrue()))
                .isEqualTo(4);
    }

    /** A hundred pipelines of ten keys each, a hundred runs waiting in each key, and two months of ended ones. */
    @Test
    void findsWhomToLetInAmongAHundredThousandThatWait() {
        ledger.partitions().ensure(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-11-20"));
        DATABASE.sql().execute("""
                insert into reprise.run (run_id, started_on, workflow_id, workflow_type, task_queue, feature, name, slot,
                    generation, order_rule, source, input, input_hash, mode, forward, compensation, accepted_at,
                    updated_at, ended_at, bound_group, group_open, bound_key, key_open, turn, admitted)
                select '01JDA' || lpad(n::text, 21, '0'),
                       case when n %% 2 = 0 then date '2026-10-15' else date '2026-11-15' end,
                       'pipeline/p-' || n %% 100 || '/' || n, 'pipeline', 'pipeline', 'pipeline', 'p-' || n %% 100, n::text,
                       1, 'none', 'http', '{}', '\\x00', 'REGULAR',
                       case when n <= 100000 then 'QUEUED' else 'SUCCEEDED' end, 'NONE', now(), now(),
                       case when n <= 100000 then null else now() end,
                       'p-' || n %% 100, 4, 'p-' || n %% 100 || ',' || n / 100 %% 10, 1,
                       case when n %% 100 < 10 then lpad(n::text, 9, '0') else '' end, n > 100000
                from generate_series(1, 130000) as n""".replace("%%", "%"));
        DATABASE.sql().execute("analyze reprise.run");

        String plan = DATABASE.sql()
                .fetch("explain (analyze, costs off) select * from reprise.admissible_run")
                .format(org.jooq.TXTFormat.DEFAULT.maxRows(400).maxColWidth(200));
        List<QueuedRun> claimed = queue.claim(ME, 1000);
        List<QueuedRun> none = queue.claim(ME, 1000);

        assertThat(plan).as("a scan of a month that has runs").doesNotContainPattern("Seq Scan on run_2026_1[01]");
        assertThat(claimed).hasSize(100 * 4);
        assertThat(none).isEmpty();
        assertThat(DATABASE.sql().fetchCount(ADMISSIBLE_RUN)).isZero();
    }

    @Test
    void refusesBoundsThatLetNobodyIn() {
        assertThatThrownBy(() -> slots(0)).hasMessageContaining("(expected: 1 or more)");
    }

    private static RunBounds slots(int open) {
        return new RunBounds("daily", OptionalInt.of(open), "daily", OptionalInt.empty(), Optional.empty());
    }

    private static RunBounds perKey(String key, int open) {
        return new RunBounds("daily", OptionalInt.of(2), "daily," + key, OptionalInt.of(open), Optional.empty());
    }

    private static RunBounds sequential(String slot) {
        return new RunBounds("daily", OptionalInt.empty(), "daily", OptionalInt.empty(), Optional.of(slot));
    }

    private static OptionalInt one() {
        return OptionalInt.of(1);
    }

    private void accept(String slot, String key, RunBounds bounds) {
        accept(bounded(slot, key, bounds, RunOrder.FREE));
    }

    private void accept(NewRun run) {
        assertThat(ledger.acceptance().accept(run)).isInstanceOf(Accepted.New.class);
    }

    private static NewRun bounded(String slot, String key, RunBounds bounds, RunOrder order) {
        WorkflowId id = new WorkflowId("pipeline/daily/" + slot + (key.isEmpty() ? "" : "," + key));
        return new NewRun(id, "batch", "batch", Orders.INPUT, StepMode.REGULAR, "http", order).within(bounds);
    }

    private static List<String> slotsOf(List<QueuedRun> runs) {
        return runs.stream()
                .map(run -> run.run().workflowId().slot().orElseThrow())
                .toList();
    }

    private void end(RunRef run) {
        ledger.outcomes()
                .settle(new RunOutcome(
                        run.runId(),
                        run.startedOn(),
                        run.workflowId(),
                        1,
                        Forward.FAILED,
                        Compensation.DONE,
                        "why",
                        "what",
                        List.of()));
    }
}
