package io.reprise.workflows.saga;

import java.util.List;
import java.util.Optional;

/**
 * One declared step.
 *
 * @param position place in the declaration, from 1
 * @param forward activity type of what it does
 * @param undo activity type of what undoes it
 * @param needs ids of the steps that must have succeeded before it starts
 */
public record Step(
        String id,
        int position,
        Kind kind,
        String forward,
        Optional<String> undo,
        List<String> needs,
        StepTerms terms) {

    /** Where a step stands to the point of no return. */
    public enum Kind {
        UNDOABLE,
        PIVOT,
        ONLY_FORWARD
    }

    public Step {
        needs = List.copyOf(needs);
    }

    public boolean isPivot() {
        return kind == Kind.PIVOT;
    }

    /** Only a fenced step may run beside a forgotten attempt of itself, and only here is this worker the right one. */
    boolean mayRunLocally() {
        return terms.fenced() && terms.taskQueue().isEmpty();
    }

    Step undoneBy(String type) {
        return new Step(id, position, kind, forward, Optional.of(type), needs, terms);
    }

    Step needing(List<String> ids) {
        return new Step(id, position, kind, forward, undo, ids, terms);
    }

    Step on(StepTerms other) {
        return new Step(id, position, kind, forward, undo, needs, other);
    }
}
