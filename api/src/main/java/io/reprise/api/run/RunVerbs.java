package io.reprise.api.run;

import io.reprise.api.shared.Ending;
import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.db.run.Generations;
import io.reprise.db.run.Outcomes;
import io.reprise.db.run.QueuedRun;
import io.reprise.db.run.Retried;
import io.reprise.db.run.RetryWish;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.Runs;

/** What an operator may do to a whole run. */
public final class RunVerbs {

    private final Runs runs;
    private final Generations generations;
    private final Outcomes outcomes;
    private final PromptStart start;
    private final Cancellation cancellation;
    private final UndoStart undoStart;

    public RunVerbs(
            Runs runs,
            Generations generations,
            Outcomes outcomes,
            PromptStart start,
            Cancellation cancellation,
            UndoStart undoStart) {
        this.runs = runs;
        this.generations = generations;
        this.outcomes = outcomes;
        this.start = start;
        this.cancellation = cancellation;
        this.undoStart = undoStart;
    }

    /** Answers false where the wish is only noted, so that {@link #onlyNoted} is what the caller is to be told. */
    public boolean cancel(Run run, String reason) {
        return cancellation.cancel(run, reason);
    }

    public Refused onlyNoted(Run run) {
        return Cancellation.onlyNoted(again(run.ref()));
    }

    /** Runs an ended run again, as its next generation: one that was undone from its start, one that is held from a step. */
    public Run retry(Run run, RetryWish wish) {
        return switch (generations.retry(run.ref().runId(), wish, start.lease())) {
            case Retried.NextGeneration next -> started(next);
            case Retried.NotFound none -> throw Refused.notFound("a run", none.runId());
            case Retried.LedgerRestored restored ->
                throw Refused.because(ProblemType.LEDGER_RESTORED, restored.words());
            case Retried.Refused refused ->
                throw Refused.because(ProblemType.NOT_POSSIBLE, refused.words(), ending(run));
        };
    }

    private Run started(Retried.NextGeneration next) {
        start.start(next.run(), next.what());
        return again(next.run());
    }

    /** Undoes a run that was terminated in Temporal, from what its fences say it did. */
    public void undo(Run run) {
        if (run.isEnded()) {
            throw ended(run, "undo");
        }
        QueuedRun again = runs.startable(run.ref()).orElseThrow();
        String former = run.temporalRunId()
                .orElseThrow(() -> Refused.because(
                        ProblemType.NOT_POSSIBLE,
                        "asked to undo " + run.ref().workflowId()
                                + ", which was never started (expected: a run that was" + " terminated; use cancel)"));
        String temporalRunId = undoStart.start(again, run.revision());
        outcomes.reopened(run.ref(), former, temporalRunId);
    }

    Run again(RunRef run) {
        return runs.byId(run.runId()).orElseThrow();
    }

    static Refused ended(Run run, String verb) {
        return Refused.because(
                ProblemType.RUN_ENDED,
                "asked to " + verb + " " + run.ref().workflowId() + ", which has ended as " + run.forward()
                        + " with compensation " + run.compensation() + " (expected: a run that is under way)",
                ending(run));
    }

    static Refused notRunning(Run run, String verb) {
        if (run.isEnded()) {
            return ended(run, verb);
        }
        return Refused.because(
                ProblemType.NOT_POSSIBLE,
                "asked to " + verb + " " + run.ref().workflowId()
                        + ", which Temporal does not run now though the ledger" + " has it as "
                        + run.word().text() + " (expected: a running workflow; if it was terminated, undo it)",
                ending(run));
    }

    private static Ending ending(Run run) {
        return new Ending(
                run.ref().runId(), run.ref().workflowId().value(), run.forward(), run.compensation(), run.reason());
    }
}
