package io.reprise.worker.run;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.reprise.activities.run.RunDeclarations;
import io.reprise.activities.saga.FencesOfRuns;
import io.reprise.activities.saga.FencesUnknown;
import io.reprise.activities.saga.RunClosing;
import io.reprise.db.Ledger;
import io.reprise.db.run.FailingRuns;
import io.reprise.db.run.Outcomes;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunRef;
import io.reprise.worker.shared.Rounds;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.temporal.client.WorkflowClient;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final FailingRuns failing;
    private final Executions executions;
    private final LeftBehind leftBehind;
    private final Clock clock;
    private final Duration untouched;
    private final Duration every;
    private final Counter settled;
    private final Rounds rounds;
    private int failuresInARow;

    private Sweeper(
            Ledger ledger,
            RunDeclarations declarations,
            WorkflowClient temporal,
            FencesOfRuns fences,
            RunClosing closing,
            Clock clock,
            Duration untouched,
            Duration every,
            MeterRegistry registry) {
        this.ledger = ledger;
        this.outcomes = ledger.outcomes();
        this.failing = ledger.failingRuns();
        this.executions = new Executions(temporal);
        this.leftBehind = new LeftBehind(ledger, declarations, executions, fences, closing);
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
     * @param closing of the fences of a run that was terminated
     * @param untouched how long nothing must have been heard of a run
     */
    public static Sweeper start(
            Ledger ledger,
            RunDeclarations declarations,
            WorkflowClient temporal,
            FencesOfRuns fences,
            RunClosing closing,
            Clock clock,
            Duration untouched,
            Duration every,
            MeterRegistry registry) {
        return new Sweeper(ledger, declarations, temporal, fences, closing, clock, untouched, every, registry);
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
        } catch (FencesUnknown now) {
            LOG.debug("Run {} is looked after later", run.ref().workflowId(), now);
            return false;
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
    private boolean sweep(Run run, String execution) throws SQLException, FencesUnknown {
        return switch (executions.find(run.ref().workflowId(), execution)) {
            case Executions.Found.Open() -> {
                cancelAgain(run, execution);
                yield failing.works(run.ref(), execution);
            }
            case Executions.Found.Failing(int attempt) ->
                failing.workflowTaskFailing(
                        run.ref(),
                        execution,
                        "the workflow's code fails: its task was tried " + attempt + " times; mend it and deploy");
            case Executions.Found.FailingStep(String activity, int attempts, String failure) -> {
                cancelAgain(run, execution);
                yield failing.stepFailing(
                        run.ref(),
                        execution,
                        activity + " failed " + attempts + " times and is tried again, the last time with: " + failure);
            }
            case Executions.Found.Completed() -> leftBehind.completed(run, execution);
            case Executions.Found.Failed() -> leftBehind.failed(run, execution);
            case Executions.Found.Terminated() ->
                !isStopped(run, Outcomes.TERMINATED) && leftBehind.terminated(run, execution);
            case Executions.Found.Unknown() -> !isStopped(run, Outcomes.LOST) && lost(run, execution);
        };
    }

    /** A wish to cancel that was noted while the run was started may have been lost on its way; twice is as good as once. */
    private void cancelAgain(Run run, String execution) {
        if (run.cancelRequested() && run.forward() != Forward.CANCELLED && run.compensation() == Compensation.NONE) {
            executions.cancel(
                    run.ref().workflowId(), execution, run.cancelReason().orElse(""));
        }
    }

    private static boolean isStopped(Run run, String reason) {
        return run.forward() == Forward.STUCK
                && run.reason().filter(reason::equals).isPresent();
    }

    private boolean lost(Run run, String execution) {
        LOG.warn("Run {} is lost: Temporal no longer knows {}", run.ref().workflowId(), execution);
        return outcomes.lost(run.ref(), execution);
    }
}
