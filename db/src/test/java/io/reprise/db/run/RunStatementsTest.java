package io.reprise.db.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.db.Ledger;
import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import io.reprise.db.shared.SettableClock;
import io.reprise.db.shared.TestLedger;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.StepMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RunStatementsTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-19T10:00:00Z"));
    private final Ledger ledger = DATABASE.at(clock);
    private RunRef run =
            new RunRef("none", LocalDate.EPOCH, Orders.order("none").workflowId());

    @BeforeEach
    void aRun() {
        run = accepted(ledger, "r");
    }

    @Test
    void followsWhatARunSaidToDatabases() {
        RunStatement capture = statement("capture", 1, "insert into t values (:n)");
        RunStatement apply = statement("apply", 1, "select 1");
        ledger.runStatements().append(List.of(capture));
        Page<RunStatement> first = page(PageRequest.first(10));
        ledger.runStatements().append(List.of(apply));

        Page<RunStatement> next = page(PageRequest.first(10).after(first.next().orElseThrow()));

        assertThat(first.items()).containsExactly(capture);
        assertThat(next.items()).containsExactly(apply);
        assertThat(ledger.runStatements()
                        .page(run.runId(), Optional.of("apply"), PageRequest.first(10))
                        .items())
                .containsExactly(apply);
        assertThat(ledger.runStatements()
                        .page("no-run", Optional.empty(), PageRequest.first(10))
                        .items())
                .isEmpty();
    }

    @Test
    void cutsWhatIsTooLongToKeepAndKeepsWhatPostgresqlCannotHold() {
        RunStatement large = new RunStatement(
                run.runId(),
                clock.instant(),
                "capture",
                false,
                1,
                1,
                "select '" + "x".repeat(100_000) + "'",
                "{\"n\":\"" + "y".repeat(100_000) + "\"}",
                OptionalLong.empty(),
                Duration.ZERO,
                Optional.of("p".repeat(100_000)),
                Optional.of("bad \0 value"));

        ledger.runStatements().append(List.of(large, statement("nul", 1, "select 1", "{\"n\":\"\\u0000\"}")));

        RunStatement kept = page(PageRequest.first(10)).items().getFirst();
        assertThat(kept.statement()).hasSize(RunStatements.LONGEST_STATEMENT);
        assertThat(kept.parameters())
                .isEqualTo("{\"omitted\":\"100008 characters, more than the 16000 that are kept\"}");
        assertThat(kept.plan().orElseThrow()).hasSize(RunStatements.LONGEST_PLAN);
        assertThat(kept.error()).contains("bad \ufffd value");
        assertThat(page(PageRequest.first(10)).items().getLast().parameters()).isEqualTo("{\"n\":\"\\u0000\"}");
    }

    @Test
    void readsStatementsInTheOrderInWhichTheyRan() {
        ledger.runStatements()
                .append(List.of(statement("a", 1, "one"), statement("a", 2, "two"), statement("b", 1, "three")));

        Page<RunStatement> first = page(PageRequest.first(2));

        assertThat(first.items()).extracting(RunStatement::statement).containsExactly("one", "two");
        assertThat(page(PageRequest.first(2).after(first.next().orElseThrow())).items())
                .extracting(RunStatement::statement)
                .containsExactly("three");
    }

    @Test
    void namesTheRowsThatACheckFound() {
        RunCheck passed = new RunCheck(run.runId(), clock.instant(), "verify", 1, "unique", 0, "[]");
        RunCheck failed = new RunCheck(
                run.runId(), clock.instant(), "verify", 1, "conserved", 31, "[{\"sku\":\"sku-1\",\"amount\":null}]");

        ledger.runChecks().append(List.of(passed, failed));

        assertThat(ledger.runChecks().page(run.runId(), PageRequest.first(10)).items())
                .containsExactly(passed, failed);
        assertThat(passed.passed()).isTrue();
        assertThat(failed.passed()).isFalse();
    }

    @Test
    void showsWhatAStepHandedOn() throws Exception {
        StepFact.Went went = new StepFact.Went(
                run.runId(),
                run.startedOn(),
                "capture",
                1,
                Forward.SUCCEEDED,
                1,
                7L,
                StepMode.REGULAR,
                "worker-1",
                null,
                "{\"rows\":7}",
                clock.instant(),
                clock.instant());

        ledger.stepFacts().recordAll(List.of(went));

        assertThat(ledger.runs().steps(run).getFirst().outputs()).contains("{\"rows\":7}");
    }

    @Test
    void dropsTheOldestDaysOfALogThatGrewTooLarge() {
        SettableClock early = new SettableClock(Instant.parse("2026-11-10T10:00:00Z"));
        RunRef old = ((Accepted.New) DATABASE.at(early).acceptance().accept(Orders.order("old"))).run();
        ledger.runStatements()
                .append(List.of(new RunStatement(
                        old.runId(),
                        early.instant(),
                        "capture",
                        false,
                        1,
                        1,
                        "select 1",
                        "{}",
                        OptionalLong.of(1),
                        Duration.ofMillis(3),
                        Optional.empty(),
                        Optional.empty())));
        ledger.runStatements().append(List.of(statement("capture", 1, "select 1")));
        LocalDate today = LocalDate.parse("2026-11-19");

        assertThat(ledger.partitions().trimLogs(today, Long.MAX_VALUE)).isZero();
        ledger.partitions().trimLogs(today, 0);

        assertThat(ledger.runStatements()
                        .page(old.runId(), Optional.empty(), PageRequest.first(10))
                        .items())
                .isEmpty();
        assertThat(page(PageRequest.first(10)).items()).as("of today").hasSize(1);
    }

    private static RunRef accepted(Ledger ledger, String name) {
        return ((Accepted.New) ledger.acceptance().accept(Orders.order(name + "-" + RUNS.incrementAndGet()))).run();
    }

    private Page<RunStatement> page(PageRequest request) {
        return ledger.runStatements().page(run.runId(), Optional.empty(), request);
    }

    private RunStatement statement(String step, int position, String text) {
        return statement(step, position, text, "{\"n\": 1}");
    }

    private RunStatement statement(String step, int position, String text, String parameters) {
        return new RunStatement(
                run.runId(),
                clock.instant(),
                step,
                false,
                1,
                position,
                text,
                parameters,
                OptionalLong.of(3),
                Duration.ofMillis(12),
                Optional.empty(),
                Optional.empty());
    }
}
