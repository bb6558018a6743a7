package io.reprise.workflows.saga.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.run.StepOutcome;
import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.Step;
import io.reprise.workflows.saga.Step.Kind;
import java.util.Collections;
import java.util.List;

/** What must hold at the end of every run, whatever happened to it. */
final class Verdict {

    private final Saga<?> saga;
    private final RunOutcome ledger;
    private final List<String> effects;

    Verdict(Saga<?> saga, RunOutcome ledger, List<String> effects) {
        this.saga = saga;
        this.ledger = ledger;
        this.effects = effects;
    }

    void check() {
        assertThat(ledger.isFinal()).as("final: %s", ledger).isTrue();
        for (Step step : saga.steps()) {
            assertThat(count(step.id()))
                    .as("times '%s' took effect in %s", step.id(), effects)
                    .isLessThan(2);
            if (ledger.forward() == Forward.SUCCEEDED || step.kind() == Kind.FINAL) {
                assertThat(effects).contains(step.id()).doesNotContain(undo(step.id()));
            } else {
                checkUndone(step);
            }
            step.needs().forEach(need -> checkOrder(need, step.id()));
        }
        assertThat(ledger.compensation()).isEqualTo(expectedCompensation());
    }

    private void checkUndone(Step step) {
        if (step.kind() != Kind.UNDOABLE) {
            assertThat(effects).doesNotContain(step.id());
        }
        if (step.undo().isPresent() && !isSkipped(step)) {
            assertThat(count(undo(step.id())))
                    .as("undos of '%s' in %s", step.id(), effects)
                    .isEqualTo(count(step.id()));
        }
    }

    private boolean isSkipped(Step step) {
        return ledger.steps().stream()
                .filter(outcome -> outcome.stepId().equals(step.id()))
                .anyMatch(outcome -> outcome.compensation() == Compensation.PARTIAL);
    }

    /** What needs another step comes after it on the way forward, and before it on the way back. */
    private void checkOrder(String need, String stepId) {
        if (effects.contains(stepId)) {
            assertThat(effects).containsSubsequence(need, stepId);
        }
        if (effects.contains(undo(need)) && effects.contains(undo(stepId))) {
            assertThat(effects).containsSubsequence(undo(stepId), undo(need));
        }
    }

    private Compensation expectedCompensation() {
        if (ledger.steps().stream().map(StepOutcome::compensation).anyMatch(Compensation.PARTIAL::equals)) {
            return Compensation.PARTIAL;
        }
        return saga.steps().stream().anyMatch(step -> effects.contains(undo(step.id())))
                ? Compensation.DONE
                : Compensation.NONE;
    }

    private int count(String effect) {
        return Collections.frequency(effects, effect);
    }

    private static String undo(String stepId) {
        return "undo " + stepId;
    }
}
