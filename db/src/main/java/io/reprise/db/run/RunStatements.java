package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.RUN_STATEMENT;
import static org.jooq.impl.DSL.noCondition;

import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import io.reprise.db.shared.Partitions;
import io.reprise.db.shared.Storable;
import io.reprise.db.shared.Ulid;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jooq.JSON;
import org.jooq.Query;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** What the steps of runs said to databases, kept by day. Texts that are too long to keep are cut. */
public final class RunStatements {

    static final int LONGEST_STATEMENT = 16_000;
    static final int LONGEST_PARAMETERS = 16_000;
    static final int LONGEST_PLAN = 64_000;
    static final int LONGEST_ERROR = 4_000;

    private final DSLContext sql;

    public RunStatements(DSLContext sql) {
        this.sql = sql;
    }

    /** Writes all or none. */
    public void append(Collection<RunStatement> statements) {
        if (statements.isEmpty()) {
            return;
        }
        LocalDate last = statements.stream()
                .map(RunStatements::day)
                .max(LocalDate::compareTo)
                .orElseThrow();
        new Partitions(sql).ensuring(last, () -> sql.transactionResult(all -> insert(all.dsl(), statements)));
    }

    private static int insert(DSLContext open, Collection<RunStatement> statements) {
        return open.batch(statements.stream().map(it -> insert(open, it)).toList())
                .execute()
                .length;
    }

    private static Query insert(DSLContext open, RunStatement it) {
        return open.insertInto(RUN_STATEMENT)
                .set(RUN_STATEMENT.RUN_ID, it.runId())
                .set(RUN_STATEMENT.LOGGED_ON, day(it))
                .set(RUN_STATEMENT.LOGGED_AT, it.loggedAt())
                .set(RUN_STATEMENT.STEP_ID, it.stepId())
                .set(RUN_STATEMENT.UNDO, it.undo())
                .set(RUN_STATEMENT.ATTEMPT, it.attempt())
                .set(RUN_STATEMENT.POSITION, it.position())
                .set(RUN_STATEMENT.STATEMENT, Storable.text(it.statement(), LONGEST_STATEMENT))
                .set(RUN_STATEMENT.PARAMETERS, JSON.json(Storable.json(it.parameters(), LONGEST_PARAMETERS)))
                .set(
                        RUN_STATEMENT.ROWS,
                        it.rows().isPresent() ? (Long) it.rows().getAsLong() : null)
                .set(RUN_STATEMENT.MILLIS, it.took().toMillis())
                .set(
                        RUN_STATEMENT.PLAN,
                        it.plan().map(plan -> Storable.text(plan, LONGEST_PLAN)).orElse(null))
                .set(
                        RUN_STATEMENT.ERROR,
                        it.error()
                                .map(error -> Storable.text(error, LONGEST_ERROR))
                                .orElse(null));
    }

    private static LocalDate day(RunStatement statement) {
        return LocalDate.ofInstant(statement.loggedAt(), ZoneOffset.UTC);
    }

    /**
     * Oldest first; the cursor stands after the last statement read, so that a follower may ask again.
     *
     * @param stepId of one step only
     */
    public Page<RunStatement> page(String runId, Optional<String> stepId, PageRequest request) {
        if (!Ulid.isUlid(runId)) {
            return new Page<>(List.of(), OptionalLong.empty());
        }
        return request.follow(
                sql.selectFrom(RUN_STATEMENT)
                        .where(RUN_STATEMENT.RUN_ID.eq(runId))
                        .and(RUN_STATEMENT.LOGGED_ON.ge(new Ulid(runId).day()))
                        .and(RUN_STATEMENT.SEQ.gt(request.cursor().orElse(0)))
                        .and(stepId.map(RUN_STATEMENT.STEP_ID::eq).orElse(noCondition()))
                        .orderBy(RUN_STATEMENT.SEQ)
                        .limit(request.size())
                        .fetch(),
                RUN_STATEMENT.SEQ,
                RunStatements::statement);
    }

    private static RunStatement statement(Record row) {
        @Nullable Long rows = row.get(RUN_STATEMENT.ROWS);
        return new RunStatement(
                row.get(RUN_STATEMENT.RUN_ID),
                row.get(RUN_STATEMENT.LOGGED_AT),
                row.get(RUN_STATEMENT.STEP_ID),
                row.get(RUN_STATEMENT.UNDO),
                row.get(RUN_STATEMENT.ATTEMPT),
                row.get(RUN_STATEMENT.POSITION),
                row.get(RUN_STATEMENT.STATEMENT),
                row.get(RUN_STATEMENT.PARAMETERS).data(),
                rows == null ? OptionalLong.empty() : OptionalLong.of(rows),
                Duration.ofMillis(row.get(RUN_STATEMENT.MILLIS)),
                Optional.ofNullable(row.get(RUN_STATEMENT.PLAN)),
                Optional.ofNullable(row.get(RUN_STATEMENT.ERROR)));
    }
}
