package io.reprise.activities.run;

import io.reprise.db.run.AuditReport;
import io.reprise.db.run.AuditReports;
import io.reprise.db.run.Lease;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the audits that somebody asked for, one after another. One whose worker was lost is begun again by another. */
public final class Audits {

    private static final Logger LOG = LoggerFactory.getLogger(Audits.class);
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final AuditReports reports;
    private final Lease lease;
    private final Map<AuditReport.Kind, Audit> audits;

    public Audits(AuditReports reports, String worker, Map<AuditReport.Kind, Audit> audits) {
        this.reports = reports;
        this.lease = new Lease(worker, LEASE);
        this.audits = Map.copyOf(audits);
    }

    /** Answers false where nobody waits for an audit. */
    public boolean makeNext() throws InterruptedException {
        Optional<AuditReport> asked = reports.claim(lease);
        if (asked.isEmpty()) {
            return false;
        }
        make(asked.get());
        return true;
    }

    private void make(AuditReport asked) throws InterruptedException {
        Audit audit = audits.get(asked.kind());
        if (audit == null) {
            reports.failed(
                    asked.reportId(),
                    lease.holder(),
                    "no worker makes audits of kind " + asked.kind().word());
            return;
        }
        AuditProgress progress = new AuditProgress(reports, asked.reportId(), lease);
        try {
            audit.run(progress);
            progress.write();
            reports.done(asked.reportId(), lease.holder());
        } catch (InterruptedException stopping) {
            // The lease runs out and another worker begins again.
            throw stopping;
        } catch (AuditTaken taken) {
            LOG.info("Another worker makes audit {} from its beginning: {}", asked.reportId(), taken.getMessage());
        } catch (Exception failure) {
            LOG.warn("Audit {} failed; ask for another one", asked.reportId(), failure);
            reports.failed(asked.reportId(), lease.holder(), failure.toString());
        }
    }
}
