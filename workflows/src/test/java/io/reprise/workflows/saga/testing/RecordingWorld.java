package io.reprise.workflows.saga.testing;

import io.reprise.workflows.pipeline.ChildRun;
import io.reprise.workflows.pipeline.HookCall;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Refusal;
import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.Step;
import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import io.reprise.workflows.saga.Work;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of one saga change, kept in memory: each step's effect stands behind a fence that works as the one in a
 * database does, and every effect is recorded in the order in which it took place.
 */
public final class RecordingWorld implements DynamicActivity {

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
    private final Map<String, Object> answers = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> inputs = new ConcurrentHashMap<>();
    private @Nullable RunOutcome ledger;
    private int running;
    private boolean tooLate;

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
        if (type.equals("Pipeline.hook")) {
            hook(arguments.get(0, HookCall.class));
            return null;
        }
        if (type.startsWith("Pipeline.")) {
            return child(type, arguments);
        }
        if (type.equals("Wait.record") || type.equals("Wait.forgetRecord")) {
            return record(type.equals("Wait.record"), arguments);
        }
        if (isForward(type)) {
            StepCall call = arguments.get(0, StepCall.class);
            inputs.put(call.key().stepId(), input(arguments));
            forward(stepOf(call.key()), call);
            return answers.get(call.key().stepId());
        }
        UndoCall call = arguments.get(0, UndoCall.class);
        return undo(stepOf(call.key()), call);
    }

    @SuppressWarnings("unchecked") // the input of every step is a JSON object
    private static Map<String, Object> input(EncodedValues arguments) {
        return arguments.get(1, Map.class);
    }

    private boolean isForward(String type) {
        return saga.steps().stream()
                .anyMatch(step -> step.work() instanceof Work.Activity activity
                        && activity.type().equals(type));
    }

    private Step stepOf(StepKey key) {
        return saga.step(key.stepId())
                .orElseThrow(() -> new IllegalStateException(saga + " has no step " + key.stepId()));
    }

    private void hook(HookCall call) {
        String step = call.point().step();
        String what = "hook " + call.point().on() + (step == null ? "" : " of " + step);
        incidents.happen(what, Moment.BEFORE);
        effect(what);
    }

    private @Nullable Object child(String type, EncodedValues arguments) {
        StepCall call = arguments.get(0, StepCall.class);
        String stepId = call.key().stepId();
        return switch (type) {
            case "Pipeline.child" -> startChild(stepId);
            case "Pipeline.cancelChild" -> cancelChild(stepId);
            default -> lookAtChild(stepId);
        };
    }

    private ChildRun startChild(String stepId) {
        effect("start " + stepId);
        return new ChildRun("run-of-" + stepId, new WorkflowId("pipeline/" + stepId), true);
    }

    private @Nullable Object cancelChild(String stepId) {
        effect("cancel " + stepId);
        return null;
    }

    private @Nullable Object lookAtChild(String stepId) {
        incidents.happen(stepId, Moment.BEFORE);
        if (effects().contains("cancel " + stepId)) {
            throw Refusal.because("child-failed", stepId + " was cancelled");
        }
        effect(stepId);
        return answers.get(stepId);
    }

    /** What is waited for has happened as soon as it is answered. */
    private @Nullable Object record(boolean look, EncodedValues arguments) {
        String stepId = arguments.get(0, StepCall.class).key().stepId();
        inputs.put(stepId, input(arguments));
        effect((look ? "look for " : "forget ") + stepId);
        incidents.happen(stepId, look ? Moment.BEFORE : Moment.UNDO_BEFORE);
        Object found = answers.get(stepId);
        incidents.happen(stepId, look ? Moment.AFTER : Moment.UNDO_AFTER);
        return found;
    }

    private synchronized void effect(String what) {
        effects.add(what);
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
        boolean happened = fences.putIfAbsent(call.key(), Fence.FENCED) == Fence.DONE;
        tooLate |= happened;
        return happened ? Undone.TOO_LATE : Undone.FENCED;
    }

    private synchronized void settle(RunOutcome outcome) {
        if (ledger == null || outcome.revision() > ledger.revision()) {
            ledger = outcome;
            notifyAll();
        }
    }

    /** What the step was last given beside its call. */
    public Map<String, Object> inputOf(String stepId) {
        return Optional.ofNullable(inputs.get(stepId)).orElseThrow();
    }

    /** An earlier run did this. */
    public synchronized void did(StepKey key) {
        fences.put(key, Fence.DONE);
    }

    /** From now on, the step answers these outputs. */
    public void answering(String stepId, Map<String, Object> outputs) {
        answers.put(stepId, Map.of("outputs", outputs));
    }

    /** What took place, in order: step ids, and {@code undo} with a step id. */
    public synchronized List<String> effects() {
        return List.copyOf(effects);
    }

    /** Whether the run was told that a step it wanted to fence had happened. */
    synchronized boolean hasSaidTooLate() {
        return tooLate;
    }

    public synchronized Optional<RunOutcome> ledger() {
        return Optional.ofNullable(ledger);
    }

    /** Waits until the ledger holds such an outcome. */
    public RunOutcome await(Predicate<RunOutcome> expected) throws InterruptedException {
        waitUntil(() -> ledger().filter(expected).isPresent());
        return ledger().orElseThrow();
    }

    /** Waits until the last zombie has ended. */
    public void awaitQuiet() throws InterruptedException {
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
