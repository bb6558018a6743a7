package io.reprise.api.run;

import io.grpc.StatusRuntimeException;
import io.reprise.api.shared.Outages;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.db.run.Run;
import io.reprise.workflows.run.WorkflowId;
import io.temporal.client.WorkflowException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** Passes an operator's verbs on to the workflows whose steps they are about. */
public final class StepVerbs {

    private final ShownRuns shown;
    private final RunUpdates updates;
    private final Outages outages;

    public StepVerbs(ShownRuns shown, RunUpdates updates, Outages outages) {
        this.shown = shown;
        this.updates = updates;
        this.outages = outages;
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
        String updateId = verb.word() + ":" + step + ":" + unique(key);
        RunUpdates.Answer answer = switch (verb) {
            case StepVerb.Retry retry -> updates.retry(id, step, updateId);
            case StepVerb.Skip skip -> updates.skip(id, step, skip.reason(), updateId);
            case StepVerb.Approve approve -> updates.approve(id, step, approve.by(), approve.reason(), updateId);
            case StepVerb.Reject reject -> updates.reject(id, step, reject.by(), reject.reason(), updateId);
        };
        if (answer instanceof RunUpdates.Answer.NotRunning) {
            throw RunVerbs.notRunning(shown.find(run.ref().runId()), verb.word() + " step " + step + " of");
        }
    }

    /** Of one length, for Temporal bounds the ids of updates. */
    private static UUID unique(@Nullable String key) {
        return RequestKey.of(key)
                .map(it -> UUID.nameUUIDFromBytes(it.value().getBytes(StandardCharsets.UTF_8)))
                .orElseGet(UUID::randomUUID);
    }

    /**
     * Asks each, one after the other. That one refuses stops none of the others; where one gets no answer, neither would
     * the rest, which are not asked any more.
     *
     * @param asked hears of each that was asked, at once
     */
    StepVerdicts askMany(
            StepVerb verb,
            List<StuckSteps.StuckStep> steps,
            @Nullable String key,
            Consumer<StuckSteps.StuckStep> asked) {
        List<StepVerdicts.Verdict> verdicts = new ArrayList<>();
        Optional<String> silence = Optional.empty();
        for (StuckSteps.StuckStep step : steps) {
            StepVerdicts.Verdict verdict = silence.isPresent()
                    ? StepVerdicts.Verdict.of(step, StepVerdicts.Result.UNANSWERED, silence)
                    : verdict(verb, step, key);
            if (verdict.result() == StepVerdicts.Result.ASKED) {
                asked.accept(step);
            }
            if (verdict.result() == StepVerdicts.Result.UNANSWERED) {
                silence = verdict.detail();
            }
            verdicts.add(verdict);
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
        } catch (StatusRuntimeException | WorkflowException | DataAccessException failed) {
            Refused outage = outages.refusal(failed).orElseThrow(() -> failed);
            return StepVerdicts.Verdict.of(step, StepVerdicts.Result.UNANSWERED, Optional.of(outage.detail()));
        }
    }
}
