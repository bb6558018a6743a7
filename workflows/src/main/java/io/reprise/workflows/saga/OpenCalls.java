package io.reprise.workflows.saga;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What is under way at this moment, at most one call for each step. */
final class OpenCalls {

    private final Map<String, ForwardCall> forwards = new LinkedHashMap<>();
    private final Map<String, InsistentCall<?>> insistents = new LinkedHashMap<>();

    void add(ForwardCall call) {
        forwards.put(call.step().id(), call);
    }

    void add(Step step, InsistentCall<?> call) {
        insistents.put(step.id(), call);
    }

    List<ForwardCall> forwards() {
        return List.copyOf(forwards.values());
    }

    Optional<ForwardCall> forward(String stepId) {
        return Optional.ofNullable(forwards.get(stepId));
    }

    Optional<InsistentCall<?>> insistent(String stepId) {
        return Optional.ofNullable(insistents.get(stepId));
    }

    boolean hasForwards() {
        return !forwards.isEmpty();
    }

    void forget(ForwardCall call) {
        forwards.remove(call.step().id());
    }

    void forgetForwards() {
        forwards.clear();
    }

    boolean hasNews() {
        return forwards.values().stream().anyMatch(ForwardCall::hasEnded)
                || insistents.values().stream().anyMatch(InsistentCall::hasNews);
    }

    /** The forward calls that have come to their end; the others go on. */
    List<ForwardCall> takeEnded() {
        List<ForwardCall> ended = new ArrayList<>();
        for (ForwardCall call : forwards()) {
            if (call.hasEnded() && !call.goesOn()) {
                forget(call);
                ended.add(call);
            }
        }
        return ended;
    }

    /** Takes what must succeed one step on, in the order of the steps. */
    void advance(List<Step> steps, BiConsumer<Step, InsistentCall<?>> meaning) {
        for (Step step : steps) {
            InsistentCall<?> call = insistents.get(step.id());
            if (call != null && call.hasNews()) {
                call.advance();
                meaning.accept(step, call);
                if (call.hasEnded()) {
                    insistents.remove(step.id());
                }
            }
        }
    }
}
