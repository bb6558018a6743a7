package io.reprise.activities.run;

import io.reprise.activities.saga.FenceRow;
import io.reprise.activities.saga.Fences;
import io.reprise.db.run.AuditFinding;
import io.reprise.db.run.Run;
import io.reprise.db.run.Runs;
import io.reprise.db.shared.KeptMonths;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Sagas;
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
 * mind; only what still disagrees is told. Fences outlive the runs that the ledger drops: those of months that it has dropped are
 * passed over.
 */
public final class RunAudit implements Audit {

    private static final int PAGE = 500;

    private final Runs runs;
    private final Sagas sagas;
    private final Fences fences;
    private final TemporalRuns temporal;
    private final Supplier<KeptMonths> kept;
    private final Duration pause;

    /**
     * Audits the runs that a ledger knows, or should know.
     *
     * @param kept the months that the ledger has not dropped
     * @param pause how long a ledger or a sweeper may take to hear of what happened
     */
    public RunAudit(
            Runs runs, Sagas sagas, Fences fences, WorkflowClient temporal, Supplier<KeptMonths> kept, Duration pause) {
        this.runs = runs;
        this.sagas = sagas;
        this.fences = fences;
        this.temporal = new TemporalRuns(temporal);
        this.kept = kept;
        this.pause = pause;
    }

    @Override
    public void run(AuditProgress progress) throws SQLException, InterruptedException {
        KeptMonths months = kept.get();
        Suspects suspects = new Suspects(pause, progress, suspect -> findings(suspect, months));
        suspectRunsOfTheLedger(progress, suspects);
        suspectRunsOfFences(progress, months, suspects);
        temporal.forEachListed(workflow -> {
            progress.alive();
            if (isUnknown(workflow) && keptFences(workflow, months).isEmpty()) {
                suspects.add(workflow);
            }
        });
        suspects.lookAgain();
    }

    private void suspectRunsOfTheLedger(AuditProgress progress, Suspects suspects)
            throws SQLException, InterruptedException {
        List<Run> page = runs.all(0, PAGE);
        while (!page.isEmpty()) {
            for (Run run : page) {
                if (!disagreements(run).isEmpty()) {
                    suspects.add(run.ref().workflowId());
                }
                progress.checked(1);
            }
            page = runs.all(page.getLast().seq(), PAGE);
        }
    }

    /** The fences of a run follow one another. */
    private void suspectRunsOfFences(AuditProgress progress, KeptMonths months, Suspects suspects)
            throws SQLException, InterruptedException {
        Optional<WorkflowId> before = Optional.empty();
        List<FenceRow> page = fences.after("", PAGE);
        while (!page.isEmpty()) {
            for (FenceRow fence : page) {
                WorkflowId workflow = fence.key().workflowId();
                boolean seen = before.filter(workflow::equals).isPresent();
                if (!seen && months.include(fence.startedOn())) {
                    before = Optional.of(workflow);
                    if (isUnknown(workflow)) {
                        suspects.add(workflow);
                    }
                }
            }
            progress.checked(page.size());
            page = fences.after(page.getLast().key().value(), PAGE);
        }
    }

    private boolean isUnknown(WorkflowId workflow) {
        return runs.byWorkflowId(workflow).isEmpty();
    }

    private List<FenceRow> keptFences(WorkflowId workflow, KeptMonths months) throws SQLException {
        return fences.ofRun(workflow).stream()
                .filter(fence -> months.include(fence.startedOn()))
                .toList();
    }

    private List<AuditFinding> findings(WorkflowId suspect, KeptMonths months) throws SQLException {
        Optional<Run> run = runs.byWorkflowId(suspect);
        if (run.isPresent()) {
            return disagreements(run.get());
        }
        List<FenceRow> left = keptFences(suspect, months);
        String found = left.isEmpty() ? "a workflow in Temporal" : "fences " + states(left);
        return List.of(new AuditFinding("run-not-in-ledger", suspect.value(), found, "a run in the ledger"));
    }

    private List<AuditFinding> disagreements(Run run) throws SQLException {
        List<FenceRow> standing = fences.ofRun(run.ref().workflowId());
        List<AuditFinding> findings = new ArrayList<>(
                FenceComparison.of(run, sagas.named(run.workflowType()), runs.steps(run.ref()), standing));
        withTemporal(run).ifPresent(findings::add);
        return findings;
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
