package io.reprise.workflows.saga;

import java.util.List;
import java.util.Optional;

/**
 * One declared step.
 *
 * @param position place in the declaration, from 1
 * @param undo activity type of what undoes it
 * @param needs ids of the steps that must be over before it starts
 * @param continues whether the run goes on after its failure
 * @param group with which other steps it shares a limit
 */
public record Step(
        String id,
        int position,
        Kind kind,
        Work work,
        Optional<String> undo,
        List<String> needs,
        StepTerms terms,
        boolean continues,
        Optional<StepGroup> group) {

    /** Where a step stands to the point of no return, and to the end. */
    public enum Kind {
        UNDOABLE,
        PIVOT,
        ONLY_FORWARD,
        /** Done at the end of every run, however it ends, after its undo. */
        FINAL
    }

    public Step {
        needs = List.copyOf(needs);
    }

    Step(String id, int position, Kind kind, Work work, List<String> needs) {
        this(id, position, kind, work, Optional.empty(), needs, StepTerms.USUAL, false, Optional.empty());
    }

    public boolean isPivot() {
        return kind == Kind.PIVOT;
    }

    boolean isFinal() {
        return kind == Kind.FINAL;
    }

    /** Whether a cancel of it leaves something under way whose end has to be waited for, as no fence refuses it. */
    boolean endsByItself() {
        return switch (work) {
            case Work.Call ignored -> !terms.fenced();
            case Work.Look ignored -> false;
            case Work.Approval ignored -> false;
            case Work.Elsewhere ignored -> true;
            case Work.Watch ignored -> true;
        };
    }

    /** Whether it waits for the world outside the run, and is shown so. */
    boolean isWaiting() {
        return !(work instanceof Work.Call);
    }

    /** Only a fenced step may run beside a forgotten attempt of itself, and only where every worker may do it. */
    boolean mayRunLocally() {
        return work instanceof Work.Call && terms.fenced() && (terms.taskQueue().isEmpty() || terms.local());
    }

    Step undoneBy(String type) {
        return new Step(id, position, kind, work, Optional.of(type), needs, terms, continues, group);
    }

    Step needing(List<String> ids) {
        return new Step(id, position, kind, work, undo, ids, terms, continues, group);
    }

    Step on(StepTerms other) {
        return new Step(id, position, kind, work, undo, needs, other, continues, group);
    }
}
