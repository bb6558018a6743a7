package io.reprise.db.run;

import static io.reprise.db.run.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.reprise.db.Ledger;
import io.reprise.db.shared.SettableClock;
import io.reprise.db.shared.TestLedger;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GenerationsTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final Lease API = new Lease("api-1", Duration.ofSeconds(5));

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-19T10:00:00Z"));
    private final Ledger ledger = DATABASE.at(clock);
    private final Generations generations = ledger.generations();

    @Test
    void retriesAnUndoneRunAsItsNextGenerationWithTheSameInput() {
        RunRef first = ended("undone", Forward.FAILED, Compensation.DONE);

        Retried.NextGeneration second = next(generations.retry(first.runId(), RetryWish.whole(), API));

        assertThat(second.run().workflowId().value()).isEqualTo("order/undone~2");
        assertThat(second.what().input()).isEqualTo(Orders.INPUT);
        assertThat(ledger.runs()
                        .latestGeneration(first.workflowId())
                        .orElseThrow()
                        .ref())
                .isEqualTo(second.run());
        assertThat(ledger.runs().byWorkflowId(first.workflowId()).orElseThrow().ref())
                .isEqualTo(first);
    }

    @Test
    void countsGenerationsBeyondNine() {
        RunRef run = ended("often", Forward.FAILED, Compensation.NONE);
        for (int generation = 2; generation <= 11; generation++) {
            run = next(generations.retry(run.runId(), RetryWish.whole(), API)).run();
            settle(run, Forward.FAILED, Compensation.NONE);
        }

        assertThat(ledger.runs()
                        .latestGeneration(run.workflowId())
                        .orElseThrow()
                        .generation())
                .isEqualTo(11);
    }

    @Test
    void refusesWithWordsWhatMayNotBeRetried() {
        RunRef succeeded = ended("fine", Forward.SUCCEEDED, Compensation.NONE);
        RunRef undoing = ended("undoing", Forward.FAILED, Compensation.RUNNING);
        RunRef partial = ended("partial", Forward.FAILED, Compensation.PARTIAL);

        assertThat(generations.retry(succeeded.runId(), RetryWish.acceptingPartial(), API))
                .isInstanceOf(Retried.Succeeded.class);
        assertThat(generations.retry(undoing.runId(), RetryWish.acceptingPartial(), API))
                .asInstanceOf(type(Retried.NotEnded.class))
                .satisfies(refused -> assertThat(refused.words()).contains("it is Undoing"));
        assertThat(generations.retry(partial.runId(), RetryWish.whole(), API)).isInstanceOf(Retried.PartlyUndone.class);
        assertThat(generations.retry(partial.runId(), RetryWish.acceptingPartial(), API))
                .isInstanceOf(Retried.NextGeneration.class);
        assertThat(generations.retry("01JDA00000000000000000000A", RetryWish.acceptingPartial(), API))
                .isInstanceOf(Retried.NotFound.class);
    }

    @Test
    void retriesAGenerationOnceHoweverManyTry() throws Exception {
        RunRef run = ended("raced", Forward.CANCELLED, Compensation.DONE);

        List<Retried> answers = AcceptanceTest.atOnce(8, () -> generations.retry(run.runId(), RetryWish.whole(), API));

        assertThat(answers).filteredOn(Retried.NextGeneration.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Retried.RetriedBefore.class::isInstance).hasSize(7);
    }

    private static Retried.NextGeneration next(Retried retried) {
        return assertThat(retried)
                .asInstanceOf(type(Retried.NextGeneration.class))
                .actual();
    }

    private RunRef ended(String name, Forward forward, Compensation compensation) {
        RunRef run = ((Accepted.New) ledger.acceptance().accept(order(name))).run();
        settle(run, forward, compensation);
        return run;
    }

    private void settle(RunRef run, Forward forward, Compensation compensation) {
        ledger.outcomes()
                .settle(new RunOutcome(
                        run.runId(),
                        run.startedOn(),
                        run.workflowId(),
                        1,
                        forward,
                        compensation,
                        null,
                        null,
                        List.of()));
    }
}
