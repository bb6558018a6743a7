package io.reprise.db.run;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.WorkflowId;
import java.util.Optional;

/** Retries runs: each retry is a run of its own, the next generation, with step keys of its own. */
public final class Generations {

    public static final String SOURCE = "retry";

    private final Runs runs;
    private final Acceptance acceptance;
    private final NextInput inputs;

    public Generations(Runs runs, Acceptance acceptance, NextInput inputs) {
        this.runs = runs;
        this.acceptance = acceptance;
        this.inputs = inputs;
    }

    /** Accepts the next generation. Of two that try at once, one is refused. */
    public Retried retry(String runId, RetryWish wish, Lease lease) {
        Optional<Run> found = runs.byId(runId);
        if (found.isEmpty()) {
            return new Retried.NotFound(runId);
        }
        Run run = found.get();
        Optional<Retried> refusal = refusal(run, wish);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (inputs.of(run, runs.input(run.ref()).orElseThrow(), wish)) {
            case NextInput.Answer.With next -> accept(run, next(run, next.input(), wish), lease);
            case NextInput.Answer.Refused not -> new Retried.NotSo(run, not.found(), not.expected());
        };
    }

    private static Optional<Retried> refusal(Run run, RetryWish wish) {
        if (run.forward() == Forward.SUCCEEDED) {
            return Optional.of(new Retried.Succeeded(run));
        }
        if (!run.isEnded()) {
            return Optional.of(new Retried.NotEnded(run));
        }
        if (run.compensation() == Compensation.PARTIAL && !wish.acceptPartial()) {
            return Optional.of(new Retried.PartlyUndone(run));
        }
        return Optional.empty();
    }

    private static NewRun next(Run run, RunInput input, RetryWish wish) {
        WorkflowId next = run.ref().workflowId().generation(run.generation() + 1);
        return new NewRun(
                next,
                run.workflowType(),
                run.taskQueue(),
                input,
                run.mode(),
                SOURCE,
                RunOrder.FREE,
                wish.renewal().map(Renewal::definition).or(run::definition),
                run.bounds());
    }

    private Retried accept(Run run, NewRun next, Lease lease) {
        return switch (acceptance.accept(next, lease)) {
            case Accepted.New accepted -> new Retried.NextGeneration(accepted.run(), next);
            case Accepted.Same same -> new Retried.RetriedBefore(run, same.run().workflowId());
            case Accepted.Conflict conflict ->
                new Retried.RetriedBefore(run, conflict.existing().workflowId());
            case Accepted.LedgerRestored restored -> new Retried.LedgerRestored(restored.highWater(), restored.mark());
            case Accepted.KeyConflict impossible ->
                throw new IllegalStateException("a retry carries no Idempotency-Key, yet it met " + impossible);
        };
    }
}
