package io.reprise.workflows.saga;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunContext;
import io.reprise.workflows.run.RunOutcome;
import java.util.Optional;

/** Where a run stands, and who is told of it. */
final class Logbook {

    private final RunContext context;
    private final Progress progress;
    private final RunHooks hooks;
    private final Announcements announcements = new Announcements();
    private Optional<Stop> stop = Optional.empty();
    private boolean held;
    private boolean pastReturn;
    private boolean over;
    private int revision;

    Logbook(RunContext context, Progress progress, RunHooks hooks) {
        this.context = context;
        this.progress = progress;
        this.hooks = hooks;
        this.revision = context.revision();
    }

    Progress progress() {
        return progress;
    }

    RunContext context() {
        return context;
    }

    /** Whether nobody was told anything yet that the last step of the run would have to overwrite. */
    boolean isBlank() {
        return revision == 0;
    }

    /** From here on, what was done is undone. */
    void turnsBack(Stop why) {
        stop = Optional.of(why);
    }

    /** The run has failed, and what was done is kept. */
    void isHeld(Stop why) {
        stop = Optional.of(why);
        held = true;
    }

    void isPastReturn() {
        pastReturn = true;
    }

    void isOver() {
        over = true;
    }

    Optional<Stop> stop() {
        return stop;
    }

    /** Whether it is known if the run ends forward or back. */
    boolean isDecided() {
        return stop.isPresent() || cannotReturn();
    }

    boolean cannotReturn() {
        return stop.isEmpty() && (pastReturn || progress.isPastPivot());
    }

    void announceNews() {
        RunOutcome outcome = outcome();
        if (announcements.isNews(outcome)) {
            revision++;
            announcements.announce(outcome());
            if (!outcome.stuckSteps().isEmpty()) {
                hooks.stuck(outcome());
            }
        }
    }

    /** The same of what is stuck, or is not any more: nothing else begins before that is told. */
    void announceStuck() {
        if (announcements.saysStuck() || progress.isStuckOnTheWay()) {
            announceNews();
        }
    }

    void conclude() {
        revision++;
        announcements.conclude(outcome());
    }

    /** No outcome is final before the last step at the end of the run has been done. */
    RunOutcome outcome() {
        return new RunOutcome(
                context.runId(),
                context.startedOn(),
                context.workflowId(),
                revision,
                forward(),
                compensation(),
                stop.map(Stop::reason).orElse(null),
                stop.map(Stop::message).orElse(null),
                progress.outcomes());
    }

    private Forward forward() {
        if (stop.isPresent() && (over || !held)) {
            return stop.get().outcome();
        }
        if (over) {
            return Forward.SUCCEEDED;
        }
        if (progress.isStuckOnTheWay()) {
            return Forward.STUCK;
        }
        return progress.isWaiting() ? Forward.WAITING : Forward.RUNNING;
    }

    private Compensation compensation() {
        if (stop.isEmpty() || held) {
            return Compensation.NONE;
        }
        Compensation undone = progress.compensation();
        return over || undone == Compensation.STUCK ? undone : Compensation.RUNNING;
    }
}
