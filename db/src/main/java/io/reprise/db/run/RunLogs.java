package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.RUN_LOG;

import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import io.reprise.db.shared.Partitions;
import io.reprise.db.shared.Ulid;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The logs of runs, kept by day. */
public final class RunLogs {

    private final DSLContext sql;

    public RunLogs(DSLContext sql) {
        this.sql = sql;
    }

    /** Writes all lines or none. */
    public void append(Collection<LogLine> lines) {
        if (lines.isEmpty()) {
            return;
        }
        LocalDate last =
                lines.stream().map(RunLogs::day).max(LocalDate::compareTo).orElseThrow();
        new Partitions(sql).ensuring(last, () -> sql.transactionResult(all -> insert(all.dsl(), lines)));
    }

    private static int insert(DSLContext open, Collection<LogLine> lines) {
        return open.batch(lines.stream()
                        .map(line -> open.insertInto(RUN_LOG)
                                .set(RUN_LOG.RUN_ID, line.runId())
                                .set(RUN_LOG.LOGGED_ON, day(line))
                                .set(RUN_LOG.LOGGED_AT, line.loggedAt())
                                .set(RUN_LOG.STEP_ID, line.stepId().orElse(null))
                                .set(RUN_LOG.LEVEL, line.level().name())
                                .set(RUN_LOG.MESSAGE, line.message()))
                        .toList())
                .execute()
                .length;
    }

    private static LocalDate day(LogLine line) {
        return LocalDate.ofInstant(line.loggedAt(), ZoneOffset.UTC);
    }

    /** Oldest first; the cursor stands after the last line read, so that a follower may ask again. */
    public Page<LogLine> page(String runId, PageRequest request) {
        if (!Ulid.isUlid(runId)) {
            return new Page<>(List.of(), OptionalLong.empty());
        }
        return request.follow(
                sql.selectFrom(RUN_LOG)
                        .where(RUN_LOG.RUN_ID.eq(runId))
                        .and(RUN_LOG.LOGGED_ON.ge(new Ulid(runId).day()))
                        .and(RUN_LOG.SEQ.gt(request.cursor().orElse(0)))
                        .orderBy(RUN_LOG.SEQ)
                        .limit(request.size())
                        .fetch(),
                RUN_LOG.SEQ,
                RunLogs::line);
    }

    private static LogLine line(Record row) {
        return new LogLine(
                row.get(RUN_LOG.RUN_ID),
                row.get(RUN_LOG.LOGGED_AT),
                Optional.ofNullable(row.get(RUN_LOG.STEP_ID)),
                LogLine.Level.valueOf(row.get(RUN_LOG.LEVEL)),
                row.get(RUN_LOG.MESSAGE));
    }
}
