package io.reprise.workflows.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.saga.FailurePolicy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that a pipeline's workflow knows: which steps there are and when each comes. It holds no SQL and no secret.
 *
 * @param steps each stands after those it needs and reads; from a pivot on, none is undone
 * @param last the {@code finally} steps: done at the end of every run, after its undo
 * @param hooks where the definition has hooks; nothing else is called
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Plan(
        Name pipeline,
        FailurePolicy failure,
        List<PlannedStep> steps,
        @JsonProperty("finally") List<PlannedStep> last,
        List<HookPoint> hooks) {

    /** So many steps, with their undos, stay well below what Temporal keeps of one run. */
    public static final int MOST_STEPS = 1_000;

    public Plan {
        steps = List.copyOf(steps);
        last = last == null ? List.of() : List.copyOf(last);
        hooks = hooks == null ? List.of() : List.copyOf(hooks);
        if (steps.isEmpty() || steps.size() + last.size() > MOST_STEPS) {
            throw new IllegalArgumentException("cannot plan '" + pipeline + "' with " + steps.size() + " steps and "
                    + last.size() + " at the end (expected: 1 to " + MOST_STEPS + " in all)");
        }
        checkOrder(steps, last);
        checkPivot(steps);
        last.forEach(Plan::checkLast);
        checkHooks(hooks, ids(steps, last));
    }

    /** The connections whose databases hold the fences of a run, each once. */
    public List<String> fencedOn() {
        return Stream.concat(steps.stream(), last.stream())
                .flatMap(step -> step.fencedOn().stream())
                .distinct()
                .toList();
    }

    /** The connection whose database holds the fence of that step, where it leaves one. */
    public Optional<String> fencedOn(String stepId) {
        return Stream.concat(steps.stream(), last.stream())
                .filter(step -> step.id().equals(stepId))
                .findFirst()
                .flatMap(PlannedStep::fencedOn);
    }

    private static Set<String> ids(List<PlannedStep> steps, List<PlannedStep> last) {
        Set<String> ids = new LinkedHashSet<>();
        Stream.concat(steps.stream(), last.stream()).map(PlannedStep::id).forEach(ids::add);
        return ids;
    }

    private static void checkOrder(List<PlannedStep> steps, List<PlannedStep> last) {
        Set<String> above = new LinkedHashSet<>();
        steps.forEach(step -> check(step, above, above));
        Set<String> aboveAtTheEnd = new LinkedHashSet<>();
        last.forEach(step -> {
            check(step, aboveAtTheEnd, above);
            aboveAtTheEnd.add(step.id());
        });
    }

    private static void check(PlannedStep step, Set<String> needable, Set<String> above) {
        for (String need : step.turn().needs()) {
            if (!needable.contains(need)) {
                throw PlannedStep.refused(step.id(), "it needs '" + need + "'", "steps above it: " + needable);
            }
        }
        for (OutputName read : step.turn().reads()) {
            if (!above.contains(read.stepId())) {
                throw PlannedStep.refused(step.id(), "it reads '" + read + "'", "outputs of steps above it: " + above);
            }
        }
        if (!above.add(step.id())) {
            throw PlannedStep.refused(step.id(), "another step has that id", "an id that stands once");
        }
    }

    private static void checkPivot(List<PlannedStep> steps) {
        boolean past = false;
        for (PlannedStep step : steps) {
            if (past && (step.end().pivot() || step.end().undo())) {
                throw PlannedStep.refused(
                        step.id(), "it is a pivot or has an undo, and comes after a pivot", "neither");
            }
            if (past
                    && (step.kind() == StepKind.APPROVAL
                            || step.kind() == StepKind.PIPELINE
                            || step.kind() == StepKind.TOPIC)
                    && !step.end().continues()) {
                throw PlannedStep.refused(
                        step.id(),
                        "it is a " + step.kind() + " that comes after the pivot",
                        "if-fails: continue, as nothing" + " could be undone");
            }
            past |= step.end().pivot();
        }
    }

    private static void checkLast(PlannedStep step) {
        if (step.end().pivot() || step.end().undo()) {
            throw PlannedStep.refused(step.id(), "it is a pivot or has an undo, and stands under finally", "neither");
        }
    }

    private static void checkHooks(List<HookPoint> hooks, Set<String> ids) {
        for (HookPoint hook : hooks) {
            if (hook.step() != null && !ids.contains(hook.step())) {
                throw PlannedStep.refused(hook.step(), "it has a hook, but is no step", "one of " + ids);
            }
        }
    }
}
