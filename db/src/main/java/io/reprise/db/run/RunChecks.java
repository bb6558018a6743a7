package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.RUN_CHECK;

import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import io.reprise.db.shared.Partitions;
import io.reprise.db.shared.Storable;
import io.reprise.db.shared.Ulid;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jooq.JSON;
import org.jooq.Record;

/** What the checks of runs found, kept by day. */
public final class RunChecks {

    static final int LONGEST_SAMPLE = 64_000;

    private final DSLContext sql;

    public RunChecks(DSLContext sql) {
        this.sql = sql;
    }

    /** Writes all or none. */
    public void append(Collection<RunCheck> checks) {
        if (checks.isEmpty()) {
            return;
        }
        LocalDate last =
                checks.stream().map(RunChecks::day).max(LocalDate::compareTo).orElseThrow();
        new Partitions(sql).ensuring(last, () -> sql.transactionResult(all -> insert(all.dsl(), checks)));
    }

    private static int insert(DSLContext open, Collection<RunCheck> checks) {
        return open.batch(checks.stream()
                        .map(it -> open.insertInto(RUN_CHECK)
                                .set(RUN_CHECK.RUN_ID, it.runId())
                                .set(RUN_CHECK.LOGGED_ON, day(it))
                                .set(RUN_CHECK.LOGGED_AT, it.loggedAt())
                                .set(RUN_CHECK.STEP_ID, it.stepId())
                                .set(RUN_CHECK.ATTEMPT, it.attempt())
                                .set(RUN_CHECK.CHECK_NAME, Storable.text(it.name()))
                                .set(RUN_CHECK.OFFENDING, it.offending())
                                .set(RUN_CHECK.SAMPLE, JSON.json(Storable.json(it.sample(), LONGEST_SAMPLE))))
                        .toList())
                .execute()
                .length;
    }

    private static LocalDate day(RunCheck check) {
        return LocalDate.ofInstant(check.loggedAt(), ZoneOffset.UTC);
    }

    /** Oldest first; the cursor stands after the last one read, so that a follower may ask again. */
    public Page<RunCheck> page(String runId, PageRequest request) {
        if (!Ulid.isUlid(runId)) {
            return new Page<>(List.of(), OptionalLong.empty());
        }
        return request.follow(
                sql.selectFrom(RUN_CHECK)
                        .where(RUN_CHECK.RUN_ID.eq(runId))
                        .and(RUN_CHECK.LOGGED_ON.ge(new Ulid(runId).day()))
                        .and(RUN_CHECK.SEQ.gt(request.cursor().orElse(0)))
                        .orderBy(RUN_CHECK.SEQ)
                        .limit(request.size())
                        .fetch(),
                RUN_CHECK.SEQ,
                RunChecks::check);
    }

    private static RunCheck check(Record row) {
        return new RunCheck(
                row.get(RUN_CHECK.RUN_ID),
                row.get(RUN_CHECK.LOGGED_AT),
                row.get(RUN_CHECK.STEP_ID),
                row.get(RUN_CHECK.ATTEMPT),
                row.get(RUN_CHECK.CHECK_NAME),
                row.get(RUN_CHECK.OFFENDING),
                row.get(RUN_CHECK.SAMPLE).data());
    }
}
