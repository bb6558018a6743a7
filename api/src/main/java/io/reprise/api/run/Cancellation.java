package io.reprise.api.run;

import io.reprise.api.shared.ProblemType;
import io.reprise.api.shared.Refused;
import io.reprise.db.run.CancelRequest;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.Runs;
import io.reprise.db.run.StartQueue;
import io.reprise.workflows.run.Forward;

/**
 * Cancels a run: at once where nobody tried to start it, else by asking its workflow, which alone knows whether it is too
 * late. A run whose start is under way has no workflow to ask yet, so that its start is waited for.
 */
public final class Cancellation {

    private static final int MOST_LOOKS = 50;

    private final Runs runs;
    private final StartQueue queue;
    private final RunUpdates updates;
    private final Runnable pause;

    /** @param pause rests between two looks at a run that is being started */
    public Cancellation(Runs runs, StartQueue queue, RunUpdates updates, Runnable pause) {
        this.runs = runs;
        this.queue = queue;
        this.updates = updates;
        this.pause = pause;
    }

    /** Answers false where the wish is only noted: the run was not started for as long as a caller waits. */
    boolean cancel(Run run, String reason) {
        if (run.isEnded()) {
            throw RunVerbs.ended(run, "cancel");
        }
        if (run.forward() != Forward.QUEUED) {
            return ask(run.ref(), reason);
        }
        return switch (queue.cancel(run.ref().runId(), reason)) {
            case CancelRequest.ClosedUnstarted closed -> true;
            case CancelRequest.AlreadyEnded already -> throw RunVerbs.ended(already.run(), "cancel");
            case CancelRequest.NotFound none -> throw Refused.notFound("a run", none.runId());
            case CancelRequest.Noted noted -> onceStarted(noted.run(), reason);
        };
    }

    /** What a caller is told whose wish is only noted. */
    static Refused onlyNoted(Run run) {
        return Refused.because(
                ProblemType.NOT_STARTED,
                "asked to cancel " + run.ref().workflowId() + ", whose start is under way and has not come through"
                        + run.startError().map(error -> " (" + error + ")").orElse("")
                        + "; the wish is noted and goes with the start (expected: a started run; send the same request"
                        + " again to learn what came of it)");
    }

    private boolean onceStarted(Run noted, String reason) {
        Run now = noted;
        for (int looks = 1; now.forward() == Forward.QUEUED; looks++) {
            if (looks == MOST_LOOKS) {
                return false;
            }
            pause.run();
            now = again(noted.ref());
        }
        return isCancelled(now) || ask(now.ref(), reason);
    }

    private boolean ask(RunRef run, String reason) {
        switch (updates.cancel(run.workflowId(), reason)) {
            case RunUpdates.Answer.Done done -> {}
            case RunUpdates.Answer.UnderWay underWay -> requireDecided(again(run));
            case RunUpdates.Answer.NotRunning notRunning -> requireEndedByThisWish(again(run));
        }
        return true;
    }

    /** A wish that was heard may still turn out to be too late: the pivot's fence decides, and its worker may be lost. */
    private static void requireDecided(Run now) {
        if (now.forward() != Forward.CANCELLED) {
            throw Refused.because(
                    ProblemType.NO_WORKER,
                    "asked " + now.ref().workflowId() + " to cancel, which has heard it and has not decided within "
                            + RunUpdates.UNTIL_ANSWERED.toSeconds()
                            + " s (expected: an answer; send the same request again to learn what came of it)");
        }
    }

    /** It may have ended by this wish before it could be asked. */
    private static void requireEndedByThisWish(Run now) {
        if (!isCancelled(now)) {
            throw RunVerbs.notRunning(now, "cancel");
        }
    }

    private static boolean isCancelled(Run run) {
        return run.isEnded() && run.forward() == Forward.CANCELLED;
    }

    private Run again(RunRef run) {
        return runs.byId(run.runId()).orElseThrow();
    }
}
