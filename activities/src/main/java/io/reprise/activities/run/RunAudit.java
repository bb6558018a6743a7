package io.reprise.activities.run;

import io.reprise.activities.saga.FenceHome;
import io.reprise.activities.saga.FenceRow;
import io.reprise.activities.saga.FenceState;
import io.reprise.activities.saga.FencesOfRuns;
import io.reprise.activities.saga.FencesUnknown;
import io.reprise.db.run.AuditFinding;
import io.reprise.db.run.Run;
import io.reprise.db.run.Runs;
import io.reprise.db.shared.KeptMonths;
import io.reprise.workflows.run.WorkflowId;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Compares fences, ledger and Temporal. What disagrees is looked at again after a pause, since a run that moves is not of one
 * mind; only what still disagrees is told, and each database that could not be looked into. Fences outlive the runs that the
 * ledger drops: those of months that it has dropped are passed over.
 */
public final class RunAudit implements Audit {

    private static final int PAGE = 500;

    private final Runs runs;
    private final RunDeclarations declarations;
    private final FencesOfRuns fences;
    private final Supplier<List<FenceHome>> homes;
    private final TemporalRuns temporal;
    private final Supplier<KeptMonths> kept;
    private final Duration pause;

    /**
     * Audits the runs that a ledger knows, or should know.
     *
     * @param homes every database in which runs leave fences
     * @param kept the months that the ledger has not dropped
     * @param pause how long a ledger or a sweeper may take to hear of what happened
     */
    public RunAudit(
            Runs runs,
            RunDeclarations declarations,
            FencesOfRuns fences,
            Supplier<List<FenceHome>> homes,
            WorkflowClient temporal,
            Supplier<KeptMonths> kept,
            Duration pause) {
        this.runs = runs;
        this.declarations = declarations;
        this.fences = fences;
        this.homes = homes;
        this.temporal = new TemporalRuns(temporal);
        this.kept = kept;
        this.pause = pause;
    }

    @Override
    public void run(AuditProgress progress) throws SQLException, InterruptedException {
        UnseenFences unseen = new UnseenFences();
        AllFences all = new AllFences(homes.get(), kept.get(), unseen);
        Suspects suspects = new Suspects(pause, progress, suspect -> findings(suspect, all, unseen));
        suspectRunsOfTheLedger(progress, suspects, unseen);
        all.forEachRun(progress, workflow -> {
            if (isUnknown(workflow)) {
                suspects.add(workflow);
            }
        });
        temporal.forEachListed(workflow -> {
            progress.alive();
            if (isUnknown(workflow) && all.ofRun(workflow).isEmpty()) {
                suspects.add(workflow);
            }
        });
        suspects.lookAgain();
        unseen.tell(progress);
    }

    private void suspectRunsOfTheLedger(AuditProgress progress, Suspects suspects, UnseenFences unseen)
            throws SQLException, InterruptedException {
        List<Run> page = runs.all(0, PAGE);
        while (!page.isEmpty()) {
            for (Run run : page) {
                if (!disagreements(run, unseen).isEmpty()) {
                    suspects.add(run.ref().workflowId());
                }
                progress.checked(1);
            }
            page = runs.all(page.getLast().seq(), PAGE);
        }
    }

    private boolean isUnknown(WorkflowId workflow) {
        return runs.byWorkflowId(workflow).isEmpty();
    }

    private List<AuditFinding> findings(WorkflowId suspect, AllFences all, UnseenFences unseen) throws SQLException {
        Optional<Run> run = runs.byWorkflowId(suspect);
        if (run.isPresent()) {
            return disagreements(run.get(), unseen);
        }
        List<FenceRow> left = all.ofRun(suspect);
        String found = left.isEmpty() ? "a workflow in Temporal" : "fences " + states(left);
        return List.of(new AuditFinding("run-not-in-ledger", suspect.value(), found, "a run in the ledger"));
    }

    private List<AuditFinding> disagreements(Run run, UnseenFences unseen) throws SQLException {
        List<AuditFinding> findings = new ArrayList<>(withFences(run, unseen));
        withTemporal(run).ifPresent(findings::add);
        return findings;
    }

    private List<AuditFinding> withFences(Run run, UnseenFences unseen) throws SQLException {
        try {
            List<FenceRow> standing = fences.of(run.ref());
            return FenceComparison.of(
                    run, declarations.of(run), runs.steps(run.ref()), standing, isRepeated(run, standing));
        } catch (FencesUnknown now) {
            unseen.note(now);
            return List.of();
        }
    }

    /** A later generation inherits what this one did, and may have undone it. */
    private boolean isRepeated(Run run, List<FenceRow> standing) {
        return standing.stream().anyMatch(fence -> fence.state() == FenceState.COMPENSATED)
                && runs.latestGeneration(run.ref().workflowId())
                        .filter(latest -> latest.generation() > run.generation())
                        .isPresent();
    }

    /** An ended run may have left Temporal; an open one must be there, and open. */
    private Optional<AuditFinding> withTemporal(Run run) {
        if (run.temporalRunId().isEmpty()) {
            return Optional.empty();
        }
        Optional<WorkflowExecutionStatus> status = temporal.status(run.ref().workflowId());
        boolean runsOn = status.filter(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING::equals)
                .isPresent();
        String expected = run.isEnded() ? "a closed workflow, or none" : "a running workflow";
        boolean agrees = run.isEnded() ? !runsOn : runsOn;
        return agrees
                ? Optional.empty()
                : Optional.of(new AuditFinding(
                        "temporal-disagrees",
                        run.ref().workflowId().value(),
                        status.map(WorkflowExecutionStatus::name).orElse("no workflow") + " beside a run "
                                + run.forward() + "/" + run.compensation(),
                        expected));
    }

    static String states(List<FenceRow> fences) {
        return fences.stream()
                .map(fence -> fence.key().stepId() + " " + fence.state())
                .toList()
                .toString();
    }
}
