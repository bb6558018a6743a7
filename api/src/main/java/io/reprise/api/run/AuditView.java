package io.reprise.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.api.shared.Listing;
import io.reprise.db.run.AuditFinding;
import io.reprise.db.run.AuditReport;
import java.time.Instant;
import java.util.Optional;

/** An audit, how far it got, and what it found. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record AuditView(
        String id,
        String kind,
        AuditReport.State state,
        String requestedBy,
        Instant requestedAt,
        Optional<Instant> endedAt,
        long checked,
        long disagreements,
        Optional<String> error,
        Listing<AuditFinding> findings) {

    static AuditView of(AuditReport report, Listing<AuditFinding> findings) {
        return new AuditView(
                report.reportId(),
                report.kind().word(),
                report.state(),
                report.requestedBy(),
                report.requestedAt(),
                report.endedAt(),
                report.checked(),
                report.disagreements(),
                report.error(),
                findings);
    }
}
