package io.reprise.workflows.saga.testing;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.Step;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of one saga change, kept in memory: each step's effect stands behind a fence that works as the one in a
 * database does, and every effect is recorded in the order in which it took place.
 */
final class RecordingWorld implements DynamicActivity {

    private static final String UNDO = "undo ";

    private enum Fence {
        DONE,
        FENCED,
        COMPENSATED
    }

    private final Saga<?> saga;
    private final Incidents incidents;
    private final Map<StepKey, Fence> fences = new LinkedHashMap<>();
    private final List<String> effects = new ArrayList<>();
    private @Nullable RunOutcome ledger;
    private int running;

    RecordingWorld(Saga<?> saga, Incidents incidents) {
        this.saga = saga;
        this.incidents = incidents;
    }

    @Override
    public @Nullable Object execute(EncodedValues arguments) {
        running(1);
        try {
            return answer(arguments);
        } finally {
            running(-1);
        }
    }

    private synchronized void running(int change) {
        running += change;
        notifyAll();
    }

    private @Nullable Object answer(EncodedValues arguments) {
        String type = Activity.getExecutionContext().getInfo().getActivityType();
        if (type.equals("Run.settle")) {
            settle(arguments.get(0, RunOutcome.class));
            return null;
        }
        if (type.equals("Saga.fence")) {
            return fence(arguments.get(0, UndoCall.class));
        }
        Optional<Step> forward = step(step -> step.forward().equals(type));
        if (forward.isPresent()) {
            forward(forward.get(), arguments.get(0, StepCall.class));
            return null;
        }
        Step undone = step(step -> step.undo().filter(type::equals).isPresent())
                .orElseThrow(() -> new IllegalStateException("no step of " + saga + " has an activity " + type));
        return undo(undone, arguments.get(0, UndoCall.class));
    }

    private Optional<Step> step(Predicate<Step> which) {
        return saga.steps().stream().filter(which).findFirst();
    }

    private void forward(Step step, StepCall call) {
        incidents.happen(step.id(), Moment.BEFORE);
        commit(step, call);
        incidents.happen(step.id(), Moment.AFTER);
    }

    private synchronized void commit(Step step, StepCall call) {
        Fence fence = fences.putIfAbsent(call.key(), Fence.DONE);
        if (fence == Fence.FENCED || fence == Fence.COMPENSATED) {
            throw ApplicationFailure.newNonRetryableFailure(call.key() + " is " + fence, "StepFenced");
        }
        if (fence == null) {
            effects.add(step.id());
        }
        if (call.last() && (ledger == null || ledger.revision() == 0)) {
            ledger = new RunOutcome(
                    call.runId(),
                    call.startedOn(),
                    call.key().workflowId(),
                    0,
                    Forward.SUCCEEDED,
                    Compensation.NONE,
                    null,
                    null,
                    List.of());
            notifyAll();
        }
    }

    private Undone undo(Step step, UndoCall call) {
        incidents.happen(step.id(), Moment.UNDO_BEFORE);
        Undone undone = compensate(step, call);
        incidents.happen(step.id(), Moment.UNDO_AFTER);
        return undone;
    }

    private synchronized Undone compensate(Step step, UndoCall call) {
        Fence fence = fences.putIfAbsent(call.key(), Fence.FENCED);
        if (fence == null || fence == Fence.FENCED) {
            return Undone.FENCED;
        }
        if (fence == Fence.DONE) {
            fences.put(call.key(), Fence.COMPENSATED);
            effects.add(UNDO + step.id());
        }
        return Undone.COMPENSATED;
    }

    private synchronized Undone fence(UndoCall call) {
        return fences.putIfAbsent(call.key(), Fence.FENCED) == Fence.DONE ? Undone.TOO_LATE : Undone.FENCED;
    }

    private synchronized void settle(RunOutcome outcome) {
        if (ledger == null || outcome.revision() > ledger.revision()) {
            ledger = outcome;
            notifyAll();
        }
    }

    /** What took place, in order: step ids, and {@code undo} with a step id. */
    synchronized List<String> effects() {
        return List.copyOf(effects);
    }

    synchronized Optional<RunOutcome> ledger() {
        return Optional.ofNullable(ledger);
    }

    /** Waits until the ledger holds such an outcome. */
    RunOutcome await(Predicate<RunOutcome> expected) throws InterruptedException {
        waitUntil(() -> ledger().filter(expected).isPresent());
        return ledger().orElseThrow();
    }

    /** Waits until the last zombie has ended. */
    void awaitQuiet() throws InterruptedException {
        waitUntil(() -> running == 0);
    }

    private synchronized void waitUntil(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Stage.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new AssertionError("after " + Stage.PATIENCE + " the ledger holds " + ledger
                        + ", the effects are " + effects + " and " + running + " attempts run");
            }
            wait(millis);
        }
    }
}
