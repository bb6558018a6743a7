package io.reprise.catalog.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a pivot forbids: from it on, nothing is undone, so nothing may fail for good there either.
 *
 * <p>Refused: a second pivot, a pivot that is undone, may fail or has rounds, and below a pivot: undos, steps that do not
 * come after it, and steps that wait for others and end the run where those fail.
 */
final class PivotCheck {

    private static final String CONTINUE = "if-fails: continue, for below a pivot nothing can be undone";

    private PivotCheck() {}

    /** The steps as they are with a pivot among them: a publication below it keeps no version, unless it says so. */
    static List<StepDraft> check(List<StepDraft> drafts, StepGraph graph) {
        List<StepDraft> checked = new ArrayList<>();
        Optional<StepDraft> pivot = Optional.empty();
        for (StepDraft draft : drafts) {
            boolean isPivot = draft.step().head().pivot();
            if (isPivot && pivot.isPresent()) {
                draft.at("pivot")
                        .refuse("a second pivot", "one pivot: '" + pivot.get().id() + "' is it already");
            }
            if (isPivot || pivot.isPresent()) {
                refuseUndo(draft, isPivot);
            }
            if (isPivot) {
                checkPivot(draft);
            }
            pivot.ifPresent(it -> checkBelow(draft, it, graph));
            checked.add(isPivot || pivot.isPresent() ? withoutVersion(draft) : draft);
            pivot = pivot.isEmpty() && isPivot ? Optional.of(draft) : pivot;
        }
        return checked;
    }

    private static void checkPivot(StepDraft pivot) {
        if (pivot.rounds().isPresent()) {
            pivot.at("for-each").refuse("'for-each' on a pivot", "a pivot that is one step");
        }
        if (pivot.step().head().continues()) {
            pivot.at("if-fails").refuse("a pivot that may fail", "a pivot that decides: if-fails: fail");
        }
    }

    private static void refuseUndo(StepDraft draft, boolean isPivot) {
        String where = isPivot ? "a pivot" : "a step below a pivot";
        boolean publishes =
                draft.fields().member("publish").filter(it -> it.hasKey("undo")).isPresent();
        if (draft.fields().has("undo") || (publishes && draft.step().hasUndo())) {
            draft.at(publishes ? "publish" : "undo").refuse("an undo on " + where, "no undo from a pivot on");
        }
    }

    private static void checkBelow(StepDraft draft, StepDraft pivot, StepGraph graph) {
        if (!graph.before(draft.id()).contains(pivot.id())
                && !draft.step().head().pivot()) {
            draft.at("needs").refuse("a step below a pivot that does not come after it", "needs: [" + pivot.id() + "]");
        }
        boolean waits = draft.step() instanceof ChildStep || draft.step() instanceof WaitStep;
        if (waits && !draft.step().head().continues()) {
            draft.fields()
                    .value()
                    .refuse("a step below a pivot that waits and ends the run where that fails", CONTINUE);
        }
    }

    private static StepDraft withoutVersion(StepDraft draft) {
        if (!(draft.step() instanceof PublishStep step)) {
            return draft;
        }
        PublishStep plain = new PublishStep(
                step.head(), step.connection(), step.from(), step.to(), step.key(), false, step.outputs());
        return new StepDraft(plain, draft.fields(), draft.rounds(), draft.uses());
    }
}
