package io.reprise.worker.run;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.reprise.activities.saga.FenceClosing;
import io.reprise.activities.saga.FenceFailures;
import io.reprise.activities.saga.FenceState;
import io.reprise.activities.saga.Fences;
import io.reprise.db.Ledger;
import io.reprise.db.run.Outcomes;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.StepFact;
import io.reprise.worker.shared.Rounds;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.Sagas;
import io.reprise.workflows.saga.Step;
import io.temporal.client.WorkflowClient;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after runs of which nothing was heard for a while: asks Temporal what became of them, and the fences what they did,
 * and tells the ledger. Every answer is written only while the run still belongs to the execution that was asked about.
 */
public final class Sweeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final int PAGE = 100;
    private static final int MOST_FAILURES_IN_A_ROW = 3;

    private final Ledger ledger;
    private final Outcomes outcomes;
    private final Sagas sagas;
    private final Executions executions;
    private final Fences fences;
    private final FenceClosing closing;
    private final Clock clock;
    private final Duration untouched;
    private final Duration every;
    private final Counter settled;
    private final Rounds rounds;
    private int failuresInARow;

    private Sweeper(
            Ledger ledger,
            Sagas sagas,
            WorkflowClient temporal,
            DataSource changed,
            String workerId,
            Clock clock,
            Duration untouched,
            Duration every,
            MeterRegistry registry) {
        this.ledger = ledger;
        this.outcomes = ledger.outcomes();
        this.sagas = sagas;
        this.executions = new Executions(temporal);
        this.fences = new Fences(changed);
        this.closing = new FenceClosing(changed, workerId);
        this.clock = clock;
        this.untouched = untouched;
        this.every = every;
        this.settled = Counter.builder("reprise_run_swept_runs")
                .description("Runs whose end or stop the ledger had not heard of")
                .register(registry);
        this.rounds = Rounds.start("sweeper", GRACE, this::round);
    }

    /**
     * Starts sweeping.
     *
     * @param changed the database that holds the fences
     * @param untouched how long nothing must have been heard of a run
     */
    public static Sweeper start(
            Ledger ledger,
            Sagas sagas,
            WorkflowClient temporal,
            DataSource changed,
            String workerId,
            Clock clock,
            Duration untouched,
            Duration every,
            MeterRegistry registry) {
        return new Sweeper(ledger, sagas, temporal, changed, workerId, clock, untouched, every, registry);
    }

    @Override
    public void close() {
        rounds.close();
    }

    private Duration round() throws SQLException {
        List<Run> page = ledger.runs().open(0, clock.instant().minus(untouched), PAGE);
        while (!page.isEmpty()) {
            List<RunRef> unchanged = new ArrayList<>();
            for (Run run : page) {
                if (look(run)) {
                    settled.increment();
                } else {
                    unchanged.add(run.ref());
                }
            }
            if (!unchanged.isEmpty()) {
                outcomes.touched(unchanged);
            }
            page = ledger.runs().open(page.getLast().seq(), clock.instant().minus(untouched), PAGE);
        }
        return every;
    }

    /** A run that cannot be looked at keeps no other from it. Several in a row say that something is away for all. */
    private boolean look(Run run) throws SQLException {
        try {
            Optional<String> execution = run.temporalRunId();
            boolean changed = execution.isPresent() && sweep(run, execution.get());
            failuresInARow = 0;
            return changed;
        } catch (SQLException | RuntimeException e) {
            failuresInARow++;
            outcomes.touched(List.of(run.ref()));
            if (failuresInARow >= MOST_FAILURES_IN_A_ROW) {
                failuresInARow = 0;
                throw e;
            }
            LOG.warn(
                    "Run {} could not be looked after; the others are",
                    run.ref().workflowId(),
                    e);
            return false;
        }
    }

    /** Answers whether the ledger shows something else now. */
    private boolean sweep(Run run, String execution) throws SQLException {
        return switch (executions.find(run.ref().workflowId(), execution)) {
            case Executions.Found.Open() -> open(run, execution);
            case Executions.Found.Failing(int attempt) ->
                outcomes.workflowTaskFailing(
                        run.ref(),
                        execution,
                        "the workflow's code fails: its task was tried " + attempt + " times; mend it and deploy");
            case Executions.Found.Completed() ->
                isOfOtherContent(run, execution) ? exists(run, execution) : completed(run, execution);
            case Executions.Found.Failed() ->
                isOfOtherContent(run, execution) ? exists(run, execution) : failed(run, execution);
            case Executions.Found.Terminated() -> !isStopped(run, Outcomes.TERMINATED) && terminated(run, execution);
            case Executions.Found.Unknown() -> !isStopped(run, Outcomes.LOST) && lost(run, execution);
        };
    }

    /** A wish to cancel that was noted while the run was started may have been lost on its way; twice is as good as once. */
    private boolean open(Run run, String execution) {
        if (run.cancelRequested() && run.forward() == Forward.RUNNING && run.compensation() == Compensation.NONE) {
            executions.cancel(
                    run.ref().workflowId(), execution, run.cancelReason().orElse(""));
        }
        return outcomes.workflowTaskWorks(run.ref(), execution);
    }

    private static boolean isStopped(Run run, String reason) {
        return run.forward() == Forward.STUCK
                && run.reason().filter(reason::equals).isPresent();
    }

    private boolean lost(Run run, String execution) {
        LOG.warn("Run {} is lost: Temporal no longer knows {}", run.ref().workflowId(), execution);
        return outcomes.lost(run.ref(), execution);
    }

    /** A ledger that was restored may have taken an id anew, with other content, that Temporal still knows from before. */
    private boolean isOfOtherContent(Run run, String execution) throws SQLException {
        return fencesOf(run).isAnyOfAnotherThan(run.ref().runId())
                && !executions
                        .inputOf(run.ref().workflowId(), execution)
                        .equals(ledger.runs().input(run.ref()).map(RunInput::json));
    }

    private boolean exists(Run run, String execution) throws SQLException {
        return settle(
                run,
                execution,
                Forward.FAILED,
                Compensation.NONE,
                run.feature() + FenceFailures.EXISTS,
                "Temporal knows this id with other content, from a run that the ledger has forgotten",
                new RunFences(List.of()));
    }

    private boolean completed(Run run, String execution) throws SQLException {
        return settle(run, execution, Forward.SUCCEEDED, Compensation.NONE, null, null, fencesOf(run));
    }

    private boolean failed(Run run, String execution) throws SQLException {
        Optional<RunOutcome> own = executions.outcomeOfFailure(run.ref().workflowId(), execution);
        RunFences found = fencesOf(run);
        if (own.isEmpty()) {
            Compensation compensation = found.isAny(FenceState.COMPENSATED) ? Compensation.DONE : Compensation.NONE;
            return settle(run, execution, Forward.FAILED, compensation, "unknown", "its failure says nothing", found);
        }
        RunOutcome said = own.get();
        restore(found);
        return outcomes.settleIf(
                execution,
                // A ledger that was restored may know the workflow under another run than the workflow itself does.
                new RunOutcome(
                        run.ref().runId(),
                        run.ref().startedOn(),
                        run.ref().workflowId(),
                        Math.max(said.revision(), run.revision() + 1),
                        said.forward(),
                        said.compensation(),
                        said.reason(),
                        said.failure(),
                        said.steps()));
    }

    /** What a terminated run leaves is decided by its fences: those of steps that had not happened are closed first. */
    private boolean terminated(Run run, String execution) throws SQLException {
        RunFences found = fencesOf(run);
        if (found.isAnyOfAnotherThan(run.ref().runId())) {
            return stuck(run, execution, found);
        }
        Optional<Saga<?>> saga = sagas.named(run.workflowType());
        boolean pivotHappened = saga.flatMap(Saga::pivot)
                .filter(pivot -> found.stateOf(pivot) == FenceState.DONE)
                .isPresent();
        if (pivotHappened
                && saga.orElseThrow().steps().stream().allMatch(step -> found.stateOf(step) == FenceState.DONE)) {
            return completed(run, execution);
        }
        if (pivotHappened || saga.isEmpty()) {
            return stuck(run, execution, found);
        }
        closing.close(
                run.ref().workflowId(),
                run.ref().runId(),
                run.ref().startedOn(),
                saga.get().steps().stream().map(Step::id).toList());
        RunFences closed = fencesOf(run);
        if (closed.isAny(FenceState.DONE) || closed.isAny(FenceState.RUNNING)) {
            return stuck(run, execution, closed);
        }
        Compensation compensation = closed.isAny(FenceState.COMPENSATED) ? Compensation.DONE : Compensation.NONE;
        return settle(
                run,
                execution,
                Forward.FAILED,
                compensation,
                Outcomes.TERMINATED,
                "it was terminated in Temporal, and nothing it did remains",
                closed);
    }

    private boolean stuck(Run run, String execution, RunFences found) throws SQLException {
        List<String> done = found.standing();
        LOG.warn(
                "Run {} was terminated after {}; undo it with: reprise run undo {}",
                run.ref().workflowId(),
                done,
                run.ref().runId());
        restore(found);
        return outcomes.terminated(
                run.ref(), execution, "it was terminated in Temporal after " + String.join(", ", done), done);
    }

    private boolean settle(
            Run run,
            String execution,
            Forward forward,
            Compensation compensation,
            @org.jspecify.annotations.Nullable String reason,
            @org.jspecify.annotations.Nullable String failure,
            RunFences found)
            throws SQLException {
        restore(found);
        List<Step> declared = sagas.named(run.workflowType()).map(Saga::steps).orElse(List.of());
        return outcomes.settleIf(
                execution,
                new RunOutcome(
                        run.ref().runId(),
                        run.ref().startedOn(),
                        run.ref().workflowId(),
                        run.revision() + 1,
                        forward,
                        compensation,
                        reason,
                        failure,
                        found.outcomes(declared)));
    }

    private RunFences fencesOf(Run run) throws SQLException {
        return new RunFences(fences.ofRun(run.ref().workflowId()));
    }

    private void restore(RunFences found) throws SQLException {
        List<StepFact> facts = found.facts();
        if (!facts.isEmpty()) {
            ledger.stepFacts().recordAll(facts);
        }
    }
}
