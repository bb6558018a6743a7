package io.reprise.db.run;

import static io.reprise.db.run.Orders.INPUT;
import static io.reprise.db.run.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.db.Ledger;
import io.reprise.db.ledger.Tables;
import io.reprise.db.shared.SettableClock;
import io.reprise.db.shared.TestLedger;
import io.reprise.workflows.run.Forward;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StartQueueTest {

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
    void claimsTheOldestFirstAndNothingTwice() {
        accept("a", "b", "c");

        assertThat(claimed(2)).containsExactly("a", "b");
        assertThat(claimed(2)).containsExactly("c");
        assertThat(claimed(2)).isEmpty();
    }

    @Test
    void leavesARunToWhoeverAcceptedItUntilTheLeaseEnds() {
        ledger.acceptance().accept(order("mine"), new Lease("api-1", Duration.ofSeconds(5)));

        assertThat(claimed(1)).isEmpty();
        clock.pass(Duration.ofSeconds(5));
        assertThat(queue.claim(ME, 1))
                .singleElement()
                .satisfies(run -> assertThat(run.attempt()).isEqualTo(2));
    }

    @Test
    void claimsARunAgainWhenItsHolderWasLost() {
        accept("a");
        claimed(1);

        clock.pass(Duration.ofSeconds(10));

        assertThat(claimed(1)).containsExactly("a");
    }

    @Test
    void twoClaimersNeverGetTheSameRun() throws Exception {
        for (int i = 0; i < 60; i++) {
            accept("r-" + i);
        }

        List<List<QueuedRun>> shares = AcceptanceTest.atOnce(6, () -> queue.claim(ME, 15));

        List<String> all = shares.stream()
                .flatMap(List::stream)
                .map(run -> run.run().runId())
                .toList();
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void startsTheNextRunOfAKeyAfterTheOneBeforeItEnded() {
        acceptOfKey(OrderRule.PER_KEY, "first", "second");
        RunRef first = queue.claim(ME, 10).getFirst().run();

        queue.started(first, "t-1");
        assertThat(claimed(10)).isEmpty();
        ledger.outcomes().settle(Orders.ended(first));

        assertThat(claimed(10)).containsExactly("second");
    }

    @Test
    void startsTheNextRunOfAKeyAfterTheOneBeforeItStartedWhereThatIsTheRule() {
        acceptOfKey(OrderRule.START_ORDER, "first", "second");
        RunRef first = queue.claim(ME, 10).getFirst().run();
        assertThat(claimed(10)).isEmpty();

        queue.started(first, "t-1");

        assertThat(claimed(10)).containsExactly("second");
    }

    @Test
    void aKeyThatWaitsHoldsUpNoOther() {
        acceptOfKey(OrderRule.PER_KEY, "first", "second");
        ledger.acceptance().accept(order("other", INPUT, RunOrder.by(OrderRule.PER_KEY, "other-key")));

        assertThat(claimed(10)).containsExactly("first", "other");
    }

    @Test
    void triesADeferredRunAgainAfterItsBackOff() {
        accept("a");
        RunRef run = queue.claim(ME, 1).getFirst().run();

        queue.deferred(run, "Temporal is away", Duration.ofSeconds(3));

        assertThat(claimed(1)).isEmpty();
        assertThat(ledger.runs().byId(run.runId()).orElseThrow().startError()).contains("Temporal is away");
        clock.pass(Duration.ofSeconds(3));
        assertThat(claimed(1)).containsExactly("a");
    }

    @Test
    void showsAStartedRunAsRunningUnderItsIdInTemporal() {
        accept("a");
        RunRef run = queue.claim(ME, 1).getFirst().run();

        boolean cancelled = queue.started(run, "t-1");

        assertThat(cancelled).isFalse();
        Run shown = ledger.runs().byId(run.runId()).orElseThrow();
        assertThat(shown.forward()).isEqualTo(Forward.RUNNING);
        assertThat(shown.temporalRunId()).contains("t-1");
    }

    @Test
    void notesTheIdInTemporalOfARunThatSucceededBeforeItWasShownAsRunning() throws Exception {
        accept("fast");
        RunRef run = queue.claim(ME, 1).getFirst().run();
        try (var connection = DATABASE.database().getConnection()) {
            ledger.outcomes().succeed(connection, run);
        }

        queue.started(run, "t-1");

        Run shown = ledger.runs().byId(run.runId()).orElseThrow();
        assertThat(shown.forward()).isEqualTo(Forward.SUCCEEDED);
        assertThat(shown.temporalRunId()).contains("t-1");
    }

    @Test
    void closesACancelledRunThatNobodyTriedToStart() {
        accept("a");
        String runId = runId("a");

        CancelRequest cancelled = queue.cancel(runId, "not wanted");

        assertThat(cancelled).isInstanceOf(CancelRequest.ClosedUnstarted.class);
        Run shown = ledger.runs().byId(runId).orElseThrow();
        assertThat(shown.forward()).isEqualTo(Forward.CANCELLED);
        assertThat(shown.isEnded()).isTrue();
        assertThat(claimed(1)).isEmpty();
    }

    @Test
    void handsTheCancellationOfARunThatMayBeStartedToItsStarter() {
        accept("a");
        RunRef run = queue.claim(ME, 1).getFirst().run();

        CancelRequest cancelled = queue.cancel(run.runId(), "not wanted");

        assertThat(cancelled).isInstanceOf(CancelRequest.Noted.class);
        assertThat(queue.started(run, "t-1")).isTrue();
    }

    @Test
    void answersWhatARunEndedAsToALateCancellation() {
        accept("a");
        RunRef run = queue.claim(ME, 1).getFirst().run();
        ledger.outcomes().settle(Orders.ended(run));

        assertThat(queue.cancel(run.runId(), "late")).isInstanceOf(CancelRequest.AlreadyEnded.class);
        assertThat(queue.cancel("01JDA00000000000000000000A", "who")).isInstanceOf(CancelRequest.NotFound.class);
        assertThat(queue.cancel("../../etc", "who")).isInstanceOf(CancelRequest.NotFound.class);
    }

    private void accept(String... names) {
        for (String name : names) {
            ledger.acceptance().accept(order(name));
        }
    }

    private void acceptOfKey(OrderRule rule, String... names) {
        for (String name : names) {
            ledger.acceptance().accept(order(name, INPUT, RunOrder.by(rule, "key")));
        }
    }

    private List<String> claimed(int atMost) {
        return queue.claim(ME, atMost).stream()
                .map(run -> run.run().workflowId().name().value())
                .toList();
    }

    private String runId(String name) {
        return ledger.runs()
                .byWorkflowId(order(name).workflowId())
                .orElseThrow()
                .ref()
                .runId();
    }
}
