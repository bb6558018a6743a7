package io.reprise.api.shared;

import io.reprise.db.Ledger;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.StepFact;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderSteps;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.RunRecords;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.saga.FenceSteps;
import io.reprise.workflows.saga.Refusal;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Order steps that fail, wait or go through as the test says, and tell the ledger as the real ones do. */
public final class ScriptedShop implements OrderSteps {

    private static final String DECISION = "decision";

    private final Ledger ledger;
    private final DataSource database;
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> exits = new ConcurrentHashMap<>();
    private final Set<String> brokenUndos = ConcurrentHashMap.newKeySet();
    private final Set<String> hopelessUndos = ConcurrentHashMap.newKeySet();
    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final Set<String> fenced = ConcurrentHashMap.newKeySet();

    ScriptedShop(Ledger ledger, DataSource database) {
        this.ledger = ledger;
        this.database = database;
    }

    /** From now on this step of this order is refused. */
    public void refuse(String orderId, String step, String reason) {
        refusals.put(key(orderId, step), reason);
    }

    public void accept(String orderId, String step) {
        refusals.remove(key(orderId, step));
    }

    /** This step of this order waits until the latch is down. */
    public CountDownLatch gate(String orderId, String step) {
        CountDownLatch gate = new CountDownLatch(1);
        gates.put(key(orderId, step), gate);
        return gate;
    }

    /** This step of this order is done, and tells nobody before the latch is down. */
    public CountDownLatch exit(String orderId, String step) {
        CountDownLatch exit = new CountDownLatch(1);
        exits.put(key(orderId, step), exit);
        return exit;
    }

    /** No cancel of this order is decided before the latch is down. */
    public CountDownLatch gateDecision(String orderId) {
        return gate(orderId, DECISION);
    }

    public boolean isDone(String orderId, String step) {
        return done.contains("order/" + orderId + ":" + step);
    }

    /** This undo of this order is STUCK at once. */
    public void breakUndoForGood(String orderId, String step) {
        hopelessUndos.add(key(orderId, step));
    }

    public void breakUndo(String orderId, String step) {
        brokenUndos.add(key(orderId, step));
    }

    public void mendUndo(String orderId, String step) {
        brokenUndos.remove(key(orderId, step));
        hopelessUndos.remove(key(orderId, step));
    }

    @Override
    public void create(StepCall call, Order order) {
        go(call);
    }

    @Override
    public void reserveStock(StepCall call, Order order) {
        go(call);
    }

    @Override
    public void debitAccount(StepCall call, Order order) {
        go(call);
    }

    @Override
    public void complete(StepCall call, Order order) {
        go(call);
    }

    @Override
    public Undone cancel(UndoCall call) {
        return undo(call);
    }

    @Override
    public Undone releaseStock(UndoCall call) {
        return undo(call);
    }

    @Override
    public Undone refund(UndoCall call) {
        return undo(call);
    }

    FenceSteps fence() {
        return call -> {
            pass(gates, key(call.key().workflowId().name().value(), DECISION));
            if (done.contains(call.key().value())) {
                return Undone.TOO_LATE;
            }
            fenced.add(call.key().value());
            return Undone.FENCED;
        };
    }

    RunRecords records() {
        return new Records(ledger);
    }

    private record Records(Ledger ledger) implements RunRecords {
        @Override
        public void settle(RunOutcome outcome) {
            ledger.outcomes().settle(outcome);
        }
    }

    private void go(StepCall call) {
        String key = key(call.key().workflowId().name().value(), call.key().stepId());
        pass(gates, key);
        if (fenced.contains(call.key().value())) {
            throw Refusal.because("fenced", "the step was fenced");
        }
        String refusal = refusals.get(key);
        if (refusal != null) {
            write(went(call, Forward.FAILED, refusal), call);
            throw Refusal.because(refusal, "the script refuses " + key);
        }
        done.add(call.key().value());
        pass(exits, key);
        write(went(call, Forward.SUCCEEDED, null), call);
    }

    private static StepFact went(StepCall call, Forward forward, @Nullable String error) {
        Instant now = Instant.now();
        return new StepFact.Went(
                call.runId(),
                call.startedOn(),
                call.key().stepId(),
                call.position(),
                forward,
                1,
                error == null ? 1L : null,
                StepMode.REGULAR,
                "scripted",
                error,
                now,
                now);
    }

    private void write(StepFact fact, StepCall call) {
        try (Connection connection = database.getConnection()) {
            ledger.stepFacts().record(connection, fact);
            boolean succeeded = fact instanceof StepFact.Went went && went.forward() == Forward.SUCCEEDED;
            if (call.last() && succeeded) {
                ledger.outcomes()
                        .succeed(
                                connection,
                                new RunRef(
                                        call.runId(),
                                        call.startedOn(),
                                        call.key().workflowId()));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot tell the ledger of " + call.key(), e);
        }
    }

    private Undone undo(UndoCall call) {
        String key = key(call.key().workflowId().name().value(), call.key().stepId());
        if (hopelessUndos.contains(key)) {
            throw ApplicationFailure.newNonRetryableFailure("the script breaks the undo of " + call.key(), "broken");
        }
        if (brokenUndos.contains(key)) {
            throw new IllegalStateException("the script breaks the undo of " + call.key());
        }
        fenced.add(call.key().value());
        if (!done.contains(call.key().value())) {
            return Undone.FENCED;
        }
        Instant now = Instant.now();
        StepFact fact = new StepFact.Undid(
                call.runId(),
                call.startedOn(),
                call.key().stepId(),
                call.position(),
                Compensation.DONE,
                1,
                "scripted",
                null,
                now,
                now);
        try {
            ledger.stepFacts().recordAll(List.of(fact));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot tell the ledger of the undo of " + call.key(), e);
        }
        return Undone.COMPENSATED;
    }

    private static void pass(Map<String, CountDownLatch> gates, String key) {
        CountDownLatch gate = gates.get(key);
        if (gate == null) {
            return;
        }
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at a gate", e);
        }
    }

    private static String key(String orderId, String step) {
        return orderId + ":" + step;
    }
}
