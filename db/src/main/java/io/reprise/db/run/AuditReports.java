package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.AUDIT_FINDING;
import static io.reprise.db.ledger.Tables.AUDIT_REPORT;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;

import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import io.reprise.db.shared.Ulid;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Audits: asked for through the api, made by a worker, read by whoever asked. */
public final class AuditReports {

    private final DSLContext sql;
    private final Clock clock;
    private final RandomGenerator chance;

    public AuditReports(DSLContext sql, Clock clock, RandomGenerator chance) {
        this.sql = sql;
        this.clock = clock;
        this.chance = chance;
    }

    public AuditReport request(AuditReport.Kind kind, String actor) {
        Instant now = clock.instant();
        return sql.insertInto(AUDIT_REPORT)
                .set(AUDIT_REPORT.REPORT_ID, Ulid.at(now, chance).value())
                .set(AUDIT_REPORT.KIND, kind.word())
                .set(AUDIT_REPORT.STATE, AuditReport.State.REQUESTED.name())
                .set(AUDIT_REPORT.REQUESTED_BY, actor)
                .set(AUDIT_REPORT.REQUESTED_AT, now)
                .returning()
                .fetchSingle(AuditReports::report);
    }

    /** Leases the oldest report that nobody works on; one whose worker was lost begins again. */
    public Optional<AuditReport> claim(Lease lease) {
        Instant now = clock.instant();
        return sql.transactionResult(all -> {
            Optional<AuditReport> claimed = all.dsl()
                    .update(AUDIT_REPORT)
                    .set(AUDIT_REPORT.STATE, AuditReport.State.RUNNING.name())
                    .set(AUDIT_REPORT.CLAIMED_BY, lease.holder())
                    .set(AUDIT_REPORT.CLAIMED_UNTIL, now.plus(lease.length()))
                    .set(AUDIT_REPORT.CHECKED, 0L)
                    .set(AUDIT_REPORT.DISAGREEMENTS, 0L)
                    .where(AUDIT_REPORT.REPORT_ID.eq(select(AUDIT_REPORT.REPORT_ID)
                            .from(AUDIT_REPORT)
                            .where(AUDIT_REPORT.ENDED_AT.isNull())
                            .and(AUDIT_REPORT.CLAIMED_UNTIL.isNull().or(AUDIT_REPORT.CLAIMED_UNTIL.le(now)))
                            .orderBy(AUDIT_REPORT.REQUESTED_AT)
                            .limit(1)
                            .forUpdate()
                            .skipLocked()))
                    .returning()
                    .fetchOptional(AuditReports::report);
            claimed.ifPresent(report -> all.dsl()
                    .deleteFrom(AUDIT_FINDING)
                    .where(AUDIT_FINDING.REPORT_ID.eq(report.reportId()))
                    .execute());
            return claimed;
        });
    }

    /** Adds what was checked since the last time, and renews the lease. False where it is another's, or has ended. */
    public boolean progress(String reportId, Lease lease, long checked, Collection<AuditFinding> findings) {
        return sql.transactionResult(all -> {
            int held = all.dsl()
                    .update(AUDIT_REPORT)
                    .set(AUDIT_REPORT.CLAIMED_UNTIL, clock.instant().plus(lease.length()))
                    .set(AUDIT_REPORT.CHECKED, AUDIT_REPORT.CHECKED.plus(checked))
                    .set(AUDIT_REPORT.DISAGREEMENTS, AUDIT_REPORT.DISAGREEMENTS.plus(findings.size()))
                    .where(isHeld(reportId, lease.holder()))
                    .execute();
            if (held == 0) {
                return false;
            }
            int last = all.dsl()
                    .select(coalesce(max(AUDIT_FINDING.N), inline(0)))
                    .from(AUDIT_FINDING)
                    .where(AUDIT_FINDING.REPORT_ID.eq(reportId))
                    .fetchSingle()
                    .value1();
            add(all.dsl(), reportId, last, List.copyOf(findings));
            return true;
        });
    }

    private static void add(DSLContext open, String reportId, int last, List<AuditFinding> findings) {
        int n = last;
        for (AuditFinding finding : findings) {
            n++;
            open.insertInto(AUDIT_FINDING)
                    .set(AUDIT_FINDING.REPORT_ID, reportId)
                    .set(AUDIT_FINDING.N, n)
                    .set(AUDIT_FINDING.KIND, finding.kind())
                    .set(AUDIT_FINDING.SUBJECT, finding.subject())
                    .set(AUDIT_FINDING.FOUND, finding.found())
                    .set(AUDIT_FINDING.EXPECTED, finding.expected())
                    .execute();
        }
    }

    /** Changes nothing where another worker holds the report by now. */
    public void done(String reportId, String holder) {
        end(reportId, holder, AuditReport.State.DONE, Optional.empty());
    }

    /** Changes nothing where another worker holds the report by now. */
    public void failed(String reportId, String holder, String error) {
        end(reportId, holder, AuditReport.State.FAILED, Optional.of(error));
    }

    private void end(String reportId, String holder, AuditReport.State state, Optional<String> error) {
        sql.update(AUDIT_REPORT)
                .set(AUDIT_REPORT.STATE, state.name())
                .set(AUDIT_REPORT.ENDED_AT, clock.instant())
                .set(AUDIT_REPORT.ERROR, error.orElse(null))
                .where(isHeld(reportId, holder))
                .execute();
    }

    private static Condition isHeld(String reportId, String holder) {
        return AUDIT_REPORT
                .REPORT_ID
                .eq(reportId)
                .and(AUDIT_REPORT.CLAIMED_BY.eq(holder))
                .and(AUDIT_REPORT.ENDED_AT.isNull());
    }

    /** Forgets reports that ended before that, with what they found; answers how many. */
    public int forgetEnded(Instant before) {
        return sql.deleteFrom(AUDIT_REPORT)
                .where(AUDIT_REPORT.ENDED_AT.lt(before))
                .execute();
    }

    public Optional<AuditReport> byId(String reportId) {
        return sql.selectFrom(AUDIT_REPORT)
                .where(AUDIT_REPORT.REPORT_ID.eq(reportId))
                .fetchOptional(AuditReports::report);
    }

    /** In the order in which they were found; the cursor is the number of the last one read. */
    public Page<AuditFinding> findings(String reportId, PageRequest request) {
        long after = request.cursor().orElse(0);
        List<AuditFinding> probed = sql.selectFrom(AUDIT_FINDING)
                .where(AUDIT_FINDING.REPORT_ID.eq(reportId))
                .and(AUDIT_FINDING.N.gt((int) after))
                .orderBy(AUDIT_FINDING.N)
                .limit(request.probe())
                .fetch(AuditReports::finding);
        if (probed.size() <= request.size()) {
            return new Page<>(probed, OptionalLong.empty());
        }
        return new Page<>(probed.subList(0, request.size()), OptionalLong.of(after + request.size()));
    }

    private static AuditFinding finding(Record row) {
        return new AuditFinding(
                row.get(AUDIT_FINDING.KIND),
                row.get(AUDIT_FINDING.SUBJECT),
                row.get(AUDIT_FINDING.FOUND),
                row.get(AUDIT_FINDING.EXPECTED));
    }

    private static AuditReport report(Record row) {
        return new AuditReport(
                row.get(AUDIT_REPORT.REPORT_ID),
                AuditReport.Kind.of(row.get(AUDIT_REPORT.KIND)),
                AuditReport.State.valueOf(row.get(AUDIT_REPORT.STATE)),
                row.get(AUDIT_REPORT.REQUESTED_BY),
                row.get(AUDIT_REPORT.REQUESTED_AT),
                Optional.ofNullable(row.get(AUDIT_REPORT.ENDED_AT)),
                row.get(AUDIT_REPORT.CHECKED),
                row.get(AUDIT_REPORT.DISAGREEMENTS),
                Optional.ofNullable(row.get(AUDIT_REPORT.ERROR)));
    }
}
