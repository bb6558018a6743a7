package io.reprise.activities.run;

import io.reprise.db.run.AuditFinding;
import io.reprise.db.run.AuditReports;
import io.reprise.db.run.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What an audit found so far. It is written now and then, which also says that the audit is alive. */
public final class AuditProgress {

    private static final int MOST_KEPT = 500;

    private final AuditReports reports;
    private final String reportId;
    private final Lease lease;
    private final List<AuditFinding> findings = new ArrayList<>();
    private long checked;
    private long writtenNanos = System.nanoTime();

    AuditProgress(AuditReports reports, String reportId, Lease lease) {
        this.reports = reports;
        this.reportId = reportId;
        this.lease = lease;
    }

    /** Says that the audit goes on, in a part in which it checks and finds nothing for long. */
    public void alive() {
        writeIfDue();
    }

    public void checked(long more) {
        checked += more;
        writeIfDue();
    }

    public void found(AuditFinding finding) {
        findings.add(finding);
        writeIfDue();
    }

    private void writeIfDue() {
        Duration since = Duration.ofNanos(System.nanoTime() - writtenNanos);
        if (findings.size() >= MOST_KEPT || since.compareTo(lease.length().dividedBy(3)) > 0) {
            write();
        }
    }

    /** Ends the audit where another worker has begun it again: two would tell everything twice. */
    void write() {
        if (!reports.progress(reportId, lease, checked, findings)) {
            throw new AuditTaken(reportId, lease.holder());
        }
        findings.clear();
        checked = 0;
        writtenNanos = System.nanoTime();
    }
}
