package io.reprise.worker.run;

import io.reprise.activities.run.Declaration;
import io.reprise.activities.run.RunDeclarations;
import io.reprise.activities.saga.FenceFailures;
import io.reprise.activities.saga.FenceState;
import io.reprise.activities.saga.FencesOfRuns;
import io.reprise.activities.saga.FencesUnknown;
import io.reprise.activities.saga.RunClosing;
import io.reprise.db.Ledger;
import io.reprise.db.run.Outcomes;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunStep;
import io.reprise.db.run.StepFact;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.RunOutcome;
import io.reprise.workflows.saga.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the ledger what runs left behind whose executions have ended, by what they said themselves and by their fences. Where
 * those cannot be told it tells nothing.
 */
final class LeftBehind {

    private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);

    private final Ledger ledger;
    private final Outcomes outcomes;
    private final RunDeclarations declarations;
    private final Executions executions;
    private final FencesOfRuns fences;
    private final RunClosing closing;

    LeftBehind(
            Ledger ledger,
            RunDeclarations declarations,
            Executions executions,
            FencesOfRuns fences,
            RunClosing closing) {
        this.ledger = ledger;
        this.outcomes = ledger.outcomes();
        this.declarations = declarations;
        this.executions = executions;
        this.fences = fences;
        this.closing = closing;
    }

    boolean completed(Run run, String execution) throws SQLException, FencesUnknown {
        RunFences found = fencesOf(run);
        return isOfOtherContent(run, execution, found) ? exists(run, execution) : succeeded(run, execution, found);
    }

    /** Failed or cancelled by its own code. */
    boolean failed(Run run, String execution) throws SQLException, FencesUnknown {
        RunFences found = fencesOf(run);
        return isOfOtherContent(run, execution, found) ? exists(run, execution) : failed(run, execution, found);
    }

    /** A ledger that was restored may have taken an id anew, with other content, that Temporal still knows from before. */
    private boolean isOfOtherContent(Run run, String execution, RunFences found) {
        return found.isAnyOfAnotherThan(run.ref().runId())
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

    private boolean succeeded(Run run, String execution, RunFences found) throws SQLException {
        return settle(run, execution, Forward.SUCCEEDED, Compensation.NONE, null, null, found);
    }

    private boolean failed(Run run, String execution, RunFences found) throws SQLException {
        Optional<RunOutcome> own = executions.outcomeOfFailure(run.ref().workflowId(), execution);
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
    boolean terminated(Run run, String execution) throws SQLException, FencesUnknown {
        RunFences found = fencesOf(run);
        if (found.isAnyOfAnotherThan(run.ref().runId())) {
            return stuck(run, execution, found, found.standing());
        }
        Optional<Declaration> declared = declarations.of(run);
        boolean pivotHappened = declared.flatMap(it -> it.saga().pivot())
                .filter(pivot -> found.stateOf(pivot) == FenceState.DONE)
                .isPresent();
        if (pivotHappened
                && declared.orElseThrow().saga().steps().stream()
                        .allMatch(step -> found.stateOf(step) == FenceState.DONE)) {
            return succeeded(run, execution, found);
        }
        if (pivotHappened || declared.isEmpty()) {
            return stuck(run, execution, found, found.standing());
        }
        closing.close(run.ref(), declared.get().closable());
        RunFences closed = fencesOf(run);
        List<String> standing = new ArrayList<>(closed.standing());
        standing.addAll(begunElsewhere(run, declared.get()));
        if (!standing.isEmpty()) {
            return stuck(run, execution, closed, standing);
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

    /** What no fence knows, the ledger was told before it began. */
    private List<String> begunElsewhere(Run run, Declaration declared) {
        return ledger.runs().steps(run.ref()).stream()
                .filter(step -> declared.elsewhere().contains(step.stepId()))
                .filter(step -> step.startedAt().isPresent() && step.compensation() != Compensation.DONE)
                .map(RunStep::stepId)
                .toList();
    }

    private boolean stuck(Run run, String execution, RunFences found, List<String> done) throws SQLException {
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
            @Nullable String reason,
            @Nullable String failure,
            RunFences found)
            throws SQLException {
        restore(found);
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
                        found.outcomes(told(run))));
    }

    /** Of a pipeline the ledger has more steps than fences do, and knows better of those. */
    private List<Step> told(Run run) {
        return declarations
                .of(run)
                .filter(Declaration::fenced)
                .map(it -> it.saga().steps())
                .orElse(List.of());
    }

    private RunFences fencesOf(Run run) throws SQLException, FencesUnknown {
        return new RunFences(fences.of(run.ref()));
    }

    private void restore(RunFences found) throws SQLException {
        List<StepFact> facts = found.facts();
        if (!facts.isEmpty()) {
            ledger.stepFacts().recordAll(facts);
        }
    }
}
