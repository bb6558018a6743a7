package io.reprise.activities.run;

import io.reprise.db.run.AuditFinding;
import io.reprise.workflows.run.WorkflowId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs that disagreed at a first look. They are looked at again after a pause, together, and what still disagrees is told. Only so
 * many wait for that, so that a lost ledger can be audited too.
 */
final class Suspects {

    private static final int MOST = 10_000;

    /** A second look at one run. */
    @FunctionalInterface
    interface SecondLook {
        List<AuditFinding> at(WorkflowId suspect) throws SQLException;
    }

    private final Duration pause;
    private final AuditProgress progress;
    private final SecondLook look;
    private final Set<WorkflowId> waiting = new LinkedHashSet<>();

    Suspects(Duration pause, AuditProgress progress, SecondLook look) {
        this.pause = pause;
        this.progress = progress;
        this.look = look;
    }

    void add(WorkflowId suspect) throws SQLException, InterruptedException {
        waiting.add(suspect);
        if (waiting.size() == MOST) {
            lookAgain();
        }
    }

    void lookAgain() throws SQLException, InterruptedException {
        if (waiting.isEmpty()) {
            return;
        }
        progress.alive();
        Thread.sleep(pause);
        for (WorkflowId suspect : waiting) {
            look.at(suspect).forEach(progress::found);
            progress.alive();
        }
        waiting.clear();
    }
}
