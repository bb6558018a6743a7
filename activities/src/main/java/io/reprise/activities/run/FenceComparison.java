package io.reprise.activities.run;

import io.reprise.activities.saga.FenceRow;
import io.reprise.activities.saga.FenceState;
import io.reprise.db.run.AuditFinding;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunStep;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.saga.FailurePolicy;
import io.reprise.workflows.saga.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one run's fences and its rows in the ledger say of each other. */
final class FenceComparison {

    private final Run run;
    private final Optional<Declaration> declared;
    private final boolean repeated;
    private final List<AuditFinding> findings = new ArrayList<>();

    private FenceComparison(Run run, Optional<Declaration> declared, boolean repeated) {
        this.run = run;
        this.declared = declared;
        this.repeated = repeated;
    }

    /**
     * Compares one run.
     *
     * @param declared what it declared, where that is known here
     * @param repeated whether a later generation may have undone what this one did
     */
    static List<AuditFinding> of(
            Run run, Optional<Declaration> declared, List<RunStep> steps, List<FenceRow> fences, boolean repeated) {
        FenceComparison comparison = new FenceComparison(run, declared, repeated);
        Map<String, FenceRow> byStep = new LinkedHashMap<>();
        fences.forEach(fence -> byStep.put(fence.key().stepId(), fence));
        fences.forEach(comparison::compareFence);
        steps.forEach(step -> comparison.compareStep(step, byStep.remove(step.stepId())));
        byStep.values().forEach(comparison::compareUnshown);
        return comparison.findings;
    }

    private void compareFence(FenceRow fence) {
        if (!fence.runId().equals(run.ref().runId())) {
            add(
                    "fence-of-another-run",
                    fence,
                    "run " + fence.runId(),
                    "run " + run.ref().runId());
        }
        if (fence.state() == FenceState.RUNNING) {
            add("step-uncertain", fence, "a committed RUNNING", "DONE, FENCED or COMPENSATED");
        }
        if (run.forward() == Forward.QUEUED) {
            add("run-behind-its-fences", fence, fence.state() + " in a QUEUED run", "no fence before the run starts");
        }
        if (run.isEnded() && fence.state() == FenceState.DONE && isUndone() && !mayStand(fence)) {
            add("step-not-undone", fence, "DONE in a run " + outcome(), "COMPENSATED or FENCED");
        }
        if (run.isEnded()
                && fence.state() != FenceState.DONE
                && run.forward() == Forward.SUCCEEDED
                && !isUndoneLater(fence)) {
            add("step-not-done", fence, fence.state() + " in a run that SUCCEEDED", "DONE");
        }
    }

    /** An operator may have skipped undos of a PARTIAL run, so its fences may say either. */
    private boolean isUndone() {
        return run.forward() != Forward.SUCCEEDED && run.compensation() != Compensation.PARTIAL;
    }

    /** A step before the pivot that declares no undo is left as it is, and so is one at the end of every run, or that is held. */
    private boolean mayStand(FenceRow fence) {
        boolean held = run.compensation() == Compensation.NONE
                && declared.filter(it -> it.saga().policy() == FailurePolicy.HOLD)
                        .isPresent();
        return held
                || step(fence.key().stepId())
                        .filter(step -> step.kind() == Step.Kind.FINAL
                                || (step.kind() == Step.Kind.UNDOABLE
                                        && step.undo().isEmpty()))
                        .isPresent();
    }

    private boolean isUndoneLater(FenceRow fence) {
        return repeated && fence.state() == FenceState.COMPENSATED;
    }

    private Optional<Step> step(String stepId) {
        return declared.flatMap(it -> it.saga().step(stepId));
    }

    private void compareStep(RunStep step, @Nullable FenceRow fence) {
        if (!run.isEnded()) {
            return;
        }
        boolean shownDone = step.forward() == Forward.SUCCEEDED && step.compensation() == Compensation.NONE;
        if (fence == null) {
            if (step.forward() == Forward.SUCCEEDED && isFencedHere(step)) {
                add("fence-missing", step.stepId(), "no fence beside a step that SUCCEEDED", "DONE or COMPENSATED");
            }
            return;
        }
        if (shownDone && fence.state() != FenceState.DONE && !isUndoneLater(fence)) {
            add("step-disagrees", fence, fence.state() + " beside a step SUCCEEDED/NONE", "DONE");
        }
        if (step.compensation() == Compensation.DONE && fence.state() == FenceState.DONE) {
            add("step-disagrees", fence, "DONE beside a step whose undo is DONE", "COMPENSATED or FENCED");
        }
    }

    /** A step of a run whose declaration is not known here may be fenced elsewhere, or nowhere; an inherited one is elsewhere. */
    private boolean isFencedHere(RunStep step) {
        boolean inherited =
                declared.filter(it -> it.inherited().contains(step.stepId())).isPresent();
        return !inherited
                && step(step.stepId()).filter(it -> it.terms().fenced()).isPresent();
    }

    private void compareUnshown(FenceRow fence) {
        boolean didSomething = fence.state() == FenceState.DONE || fence.state() == FenceState.COMPENSATED;
        if (run.isEnded() && didSomething) {
            add("step-not-in-ledger", fence, fence.state() + " beside no row in the ledger", "a row in the ledger");
        }
    }

    private String outcome() {
        return run.forward() + "/" + run.compensation();
    }

    private void add(String kind, FenceRow fence, String found, String expected) {
        findings.add(new AuditFinding(kind, fence.key().value(), found, expected));
    }

    private void add(String kind, String stepId, String found, String expected) {
        findings.add(new AuditFinding(kind, run.ref().workflowId().step(stepId).value(), found, expected));
    }
}
