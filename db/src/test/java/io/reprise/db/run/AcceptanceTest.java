package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.IDEMPOTENCY_KEY;
import static io.reprise.db.ledger.Tables.RUN;
import static io.reprise.db.ledger.Tables.RUN_KEY;
import static io.reprise.db.run.Orders.OTHER_INPUT;
import static io.reprise.db.run.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.reprise.db.shared.SettableClock;
import io.reprise.db.shared.TestLedger;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunWord;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AcceptanceTest {

    @RegisterExtension
    static final TestLedger LEDGER = new TestLedger();

    private static final Lease API = new Lease("api-1", Duration.ofSeconds(5));

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-19T10:15:30.123Z"));
    private final Acceptance acceptance = LEDGER.at(clock).acceptance();
    private final Runs runs = LEDGER.at(clock).runs();

    @Test
    void acceptsARunQueuedOnTheDayOfItsId() {
        Accepted accepted = acceptance.accept(order("first"), API);

        Run run = runs.byId(newRun(accepted).runId()).orElseThrow();
        assertThat(run.ref().startedOn()).isEqualTo(LocalDate.parse("2026-11-19"));
        assertThat(run.forward()).isEqualTo(Forward.QUEUED);
        assertThat(run.compensation()).isEqualTo(Compensation.NONE);
        assertThat(run.word()).isEqualTo(RunWord.QUEUED);
        assertThat(run.acceptedAt()).isEqualTo(clock.instant());
        assertThat(runs.input(run.ref())).contains(Orders.INPUT);
    }

    @Test
    void answersTheSameRunForTheSameIdAndInput() {
        RunRef first = newRun(acceptance.accept(order("again"), API));

        Accepted second = acceptance.accept(order("again"), API);

        assertThat(second).isEqualTo(new Accepted.Same(first));
    }

    @Test
    void refusesTheSameIdWithAnotherInput() {
        RunRef first = newRun(acceptance.accept(order("changed"), API));

        Accepted second = acceptance.accept(order("changed", OTHER_INPUT), API);

        assertThat(second).isEqualTo(new Accepted.Conflict(first));
    }

    @Test
    void answersTheSameRunForARepeatedIdempotencyKey() {
        IdempotencyKey key = new IdempotencyKey("key-repeated");
        RunRef first = newRun(acceptance.accept(order("repeated"), API, key));

        Accepted second = acceptance.accept(order("repeated"), API, key);

        assertThat(second).isEqualTo(new Accepted.Same(first));
    }

    @Test
    void refusesAnIdempotencyKeyThatBelongsToAnotherRequest() {
        IdempotencyKey key = new IdempotencyKey("key-taken");
        acceptance.accept(order("taken"), API, key);

        Accepted otherBody = acceptance.accept(order("taken", OTHER_INPUT), API, key);
        Accepted otherId = acceptance.accept(order("taken-other"), API, key);

        assertThat(otherBody)
                .isEqualTo(new Accepted.KeyConflict(key, order("taken").workflowId()));
        assertThat(otherId)
                .isEqualTo(new Accepted.KeyConflict(key, order("taken").workflowId()));
        assertThat(runs.byWorkflowId(order("taken-other").workflowId())).isEmpty();
    }

    @Test
    void honoursAnIdempotencyKeyForSevenDaysAndNotLonger() {
        IdempotencyKey key = new IdempotencyKey("key-old");
        acceptance.accept(order("old"), API, key);

        clock.pass(Duration.ofDays(7));
        Accepted onTheSeventhDay = acceptance.accept(order("newer"), API, key);
        clock.pass(Duration.ofSeconds(1));
        Accepted after = acceptance.accept(order("newer"), API, key);

        assertThat(onTheSeventhDay).isInstanceOf(Accepted.KeyConflict.class);
        assertThat(after).isInstanceOf(Accepted.New.class);
    }

    @Test
    void leavesNoKeyBehindForARequestThatConflicted() {
        acceptance.accept(order("kept"), API);
        IdempotencyKey key = new IdempotencyKey("key-of-conflict");

        Accepted conflict = acceptance.accept(order("kept", OTHER_INPUT), API, key);

        assertThat(conflict).isInstanceOf(Accepted.Conflict.class);
        assertThat(LEDGER.sql().fetchCount(IDEMPOTENCY_KEY, IDEMPOTENCY_KEY.KEY.eq(key.value())))
                .isZero();
    }

    @Test
    void makesThePartitionsOfADayThatNobodyPrepared() {
        clock.pass(Duration.ofDays(400));

        Accepted accepted = acceptance.accept(order("far-ahead"), API);

        assertThat(runs.byId(newRun(accepted).runId())).isPresent();
    }

    @Test
    void acceptsOneOfManyThatComeAtOnceWithOneId() throws Exception {
        int callers = 12;

        List<Accepted> answers = atOnce(callers, () -> acceptance.accept(order("raced"), API));

        assertThat(answers).filteredOn(Accepted.New.class::isInstance).hasSize(1);
        RunRef winner = newRun(answers.stream()
                .filter(Accepted.New.class::isInstance)
                .findFirst()
                .orElseThrow());
        assertThat(answers)
                .filteredOn(it -> !(it instanceof Accepted.New))
                .hasSize(callers - 1)
                .allMatch(new Accepted.Same(winner)::equals);
        assertThat(LEDGER.sql().fetchCount(RUN, RUN.WORKFLOW_ID.eq("order/raced")))
                .isOne();
        assertThat(LEDGER.sql().fetchCount(RUN_KEY, RUN_KEY.FIRST_ID.eq("order/raced")))
                .isOne();
    }

    @Test
    void acceptsOneOfManyThatComeAtOnceWithOneIdempotencyKey() throws Exception {
        IdempotencyKey key = new IdempotencyKey("key-raced");

        List<Accepted> answers = atOnce(12, () -> acceptance.accept(order("key-raced"), API, key));

        assertThat(answers).filteredOn(Accepted.New.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Accepted.Same.class::isInstance).hasSize(11);
    }

    @Test
    void nothingIsAcceptedHalfWhenTheConnectionIsLostBeforeTheCommit() throws Exception {
        try (var connection = LEDGER.database().getConnection()) {
            connection.setAutoCommit(false);
            acceptance.join(io.reprise.db.shared.Sql.on(connection), order("lost"));
            connection.rollback();
        }

        assertThat(runs.byWorkflowId(order("lost").workflowId())).isEmpty();
        assertThat(acceptance.accept(order("lost"), API)).isInstanceOf(Accepted.New.class);
    }

    private static RunRef newRun(Accepted accepted) {
        return assertThat(accepted)
                .asInstanceOf(type(Accepted.New.class))
                .actual()
                .run();
    }

    static <T> List<T> atOnce(int callers, Callable<T> call) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(java.util.Collections.nCopies(callers, call))) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
