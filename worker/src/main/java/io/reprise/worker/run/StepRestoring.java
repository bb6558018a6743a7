package io.reprise.worker.run;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.reprise.activities.saga.FencesOfRuns;
import io.reprise.activities.saga.FencesUnknown;
import io.reprise.activities.sql.SqlFailures;
import io.reprise.db.Ledger;
import io.reprise.db.run.EndedRun;
import io.reprise.db.run.RunRef;
import io.reprise.db.run.RunStep;
import io.reprise.db.run.StepFact;
import io.reprise.worker.shared.Every;
import io.reprise.worker.shared.Rounds;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the ledger the step facts that it was to get after their steps and that died with a worker. Each ended run is
 * looked at once, some seconds after its end; one whose fences cannot be told is passed over and looked at again later.
 */
public final class StepRestoring implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StepRestoring.class);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final int PAGE = 500;
    private static final int ROUNDS_UNTIL_AGAIN = 10;

    private final Ledger ledger;
    private final FencesOfRuns fences;
    private final Clock clock;
    private final Duration untouched;
    private final Duration every;
    private final Counter restored;
    private final Every passed;
    private final Rounds rounds;
    private Optional<EndedRun> lastPassed = Optional.empty();

    private StepRestoring(
            Ledger ledger,
            FencesOfRuns fences,
            Clock clock,
            Duration untouched,
            Duration every,
            MeterRegistry registry) {
        this.ledger = ledger;
        this.fences = fences;
        this.clock = clock;
        this.untouched = untouched;
        this.every = every;
        this.restored = Counter.builder("reprise_run_restored_steps")
                .description("Step facts that the ledger had lost and the fences still knew")
                .register(registry);
        this.passed = new Every(every.multipliedBy(ROUNDS_UNTIL_AGAIN));
        this.rounds = Rounds.start("step-restoring", GRACE, this::round);
    }

    /**
     * Starts looking.
     *
     * @param untouched how long a run must have ended: facts that only come late are not lost
     */
    public static StepRestoring start(
            Ledger ledger,
            FencesOfRuns fences,
            Clock clock,
            Duration untouched,
            Duration every,
            MeterRegistry registry) {
        return new StepRestoring(ledger, fences, clock, untouched, every, registry);
    }

    @Override
    public void close() {
        rounds.close();
    }

    private Duration round() throws SQLException {
        if (passed.isDue()) {
            lastPassed = Optional.empty();
        }
        List<EndedRun> page;
        do {
            page = ledger.uncheckedSteps().endedBefore(clock.instant().minus(untouched), lastPassed, PAGE);
            check(page);
        } while (page.size() == PAGE);
        return every;
    }

    private void check(List<EndedRun> page) throws SQLException {
        List<RunRef> checked = new ArrayList<>();
        for (EndedRun run : page) {
            try {
                restore(run.ref());
                checked.add(run.ref());
            } catch (FencesUnknown now) {
                LOG.debug("The steps of {} are checked later", run.ref().workflowId(), now);
                lastPassed = Optional.of(run);
            }
        }
        if (!checked.isEmpty()) {
            ledger.uncheckedSteps().checked(checked);
        }
    }

    /** What the ledger refuses for good is left to an audit: it must not keep the others from being looked at. */
    private void restore(RunRef run) throws SQLException, FencesUnknown {
        List<StepFact> lost = lost(run);
        if (lost.isEmpty()) {
            return;
        }
        try {
            ledger.stepFacts().recordAll(lost);
            restored.increment(lost.size());
        } catch (SQLException failure) {
            if (SqlFailures.isTransient(failure)) {
                throw failure;
            }
            LOG.error("The ledger refuses {} step facts of {}", lost.size(), run.workflowId(), failure);
        }
    }

    private List<StepFact> lost(RunRef run) throws SQLException, FencesUnknown {
        List<StepFact> known = new RunFences(fences.of(run)).facts();
        Map<String, RunStep> shown =
                ledger.runs().steps(run).stream().collect(Collectors.toMap(RunStep::stepId, Function.identity()));
        return known.stream()
                .filter(fact -> !isShown(fact, shown.get(fact.stepId())))
                .toList();
    }

    /** What the run itself said of a step that did not succeed, or whose undo was given up, stands. */
    private static boolean isShown(StepFact fact, @Nullable RunStep step) {
        if (step == null) {
            return false;
        }
        return switch (fact) {
            case StepFact.Went went ->
                switch (step.forward()) {
                    case QUEUED, RUNNING, WAITING -> false;
                    case SUCCEEDED -> step.endedAt().isPresent();
                    case STUCK, FAILED, CANCELLED, SKIPPED -> true;
                };
            case StepFact.Undid undid ->
                switch (step.compensation()) {
                    case NONE, RUNNING -> false;
                    case DONE -> step.undoEndedAt().isPresent();
                    case STUCK, PARTIAL -> true;
                };
        };
    }
}
