package io.reprise.api.run;

import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.db.run.Run;
import io.reprise.workflows.run.WorkflowId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Passes an operator's verbs on to the workflows whose steps they are about. */
public final class StepVerbs {

    private final ShownRuns shown;
    private final RunUpdates updates;

    public StepVerbs(ShownRuns shown, RunUpdates updates) {
        this.shown = shown;
        this.updates = updates;
    }

    /**
     * Asks for one verb on one step.
     *
     * @param key makes a repeated request the same one; without it every request is a new one
     */
    void ask(StepVerb verb, Run run, String step, @Nullable String key) {
        if (shown.steps(run).stream().noneMatch(it -> it.id().equals(step))) {
            throw Refused.notFound("a step of " + run.ref().workflowId(), step);
        }
        if (run.isEnded()) {
            throw RunVerbs.ended(run, verb.word() + " step " + step + " of");
        }
        WorkflowId id = run.ref().workflowId();
        String updateId = verb.word() + ":" + step + ":"
                + Optional.ofNullable(key).orElseGet(() -> UUID.randomUUID().toString());
        RunUpdates.Answer answer = switch (verb) {
            case StepVerb.Retry retry -> updates.retry(id, step, updateId);
            case StepVerb.Skip skip -> updates.skip(id, step, skip.reason(), updateId);
        };
        if (answer instanceof RunUpdates.Answer.NotRunning) {
            throw RunVerbs.notRunning(shown.find(run.ref().runId()), verb.word() + " step " + step + " of");
        }
    }

    /** Asks each, one after the other; that one refuses stops none of the others. */
    StepVerdicts askMany(StepVerb verb, List<StuckSteps.StuckStep> steps, @Nullable String key) {
        List<StepVerdicts.Verdict> verdicts = new ArrayList<>();
        for (StuckSteps.StuckStep step : steps) {
            verdicts.add(verdict(verb, step, key));
        }
        return new StepVerdicts(verdicts);
    }

    private StepVerdicts.Verdict verdict(StepVerb verb, StuckSteps.StuckStep step, @Nullable String key) {
        try {
            ask(verb, step.run(), step.stepId(), key);
            return StepVerdicts.Verdict.of(step, StepVerdicts.Result.ASKED, Optional.empty());
        } catch (Refused refused) {
            StepVerdicts.Result result = refused.type() == ProblemType.NO_WORKER
                    ? StepVerdicts.Result.UNANSWERED
                    : StepVerdicts.Result.REFUSED;
            return StepVerdicts.Verdict.of(step, result, Optional.of(refused.detail()));
        }
    }
}
