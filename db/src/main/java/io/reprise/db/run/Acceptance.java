package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.IDEMPOTENCY_KEY;
import static io.reprise.db.ledger.Tables.LEDGER_STATE;
import static io.reprise.db.ledger.Tables.RUN;
import static io.reprise.db.ledger.Tables.RUN_KEY;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import io.reprise.db.shared.Partitions;
import io.reprise.db.shared.Ulid;
import io.reprise.workflows.run.WorkflowId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Accepts runs: one transaction holds the run, its workflow id and its Idempotency-Key, in one statement as long as nobody
 * came before. Only when that statement inserted nothing is a second one asked why.
 */
public final class Acceptance {

    private final DSLContext sql;
    private final Clock clock;
    private final RandomGenerator chance;

    public Acceptance(DSLContext sql, Clock clock, RandomGenerator chance) {
        this.sql = sql;
        this.clock = clock;
        this.chance = chance;
    }

    /** Accepts a run that the starter will drive into Temporal. */
    public Accepted accept(NewRun run) {
        return accept(run, Optional.empty(), Optional.empty());
    }

    /** Accepts a run that the holder of the lease will start at once. */
    public Accepted accept(NewRun run, Lease lease) {
        return accept(run, Optional.of(lease), Optional.empty());
    }

    public Accepted accept(NewRun run, Lease lease, IdempotencyKey key) {
        return accept(run, Optional.of(lease), Optional.of(key));
    }

    private Accepted accept(NewRun run, Optional<Lease> lease, Optional<IdempotencyKey> key) {
        Instant now = clock.instant();
        RunRef ref = RunRef.of(Ulid.at(now, chance), run.workflowId());
        return new Partitions(sql).ensuring(ref.startedOn(), () -> accept(sql, ref, run, now, lease, key));
    }

    /** Accepts a run for the starter inside a transaction of the caller. */
    public Accepted join(DSLContext open, NewRun run) {
        Instant now = clock.instant();
        RunRef ref = RunRef.of(Ulid.at(now, chance), run.workflowId());
        return accept(open, ref, run, now, Optional.empty(), Optional.empty());
    }

    private static Accepted accept(
            DSLContext open, RunRef ref, NewRun run, Instant now, Optional<Lease> lease, Optional<IdempotencyKey> key) {
        while (true) {
            if (insert(open, ref, run, now, lease, key)) {
                return new Accepted.New(ref);
            }
            Optional<Accepted> before = whatStandsThere(open, run, key);
            if (before.isPresent()) {
                return before.get();
            }
        }
    }

    private static boolean insert(
            DSLContext open, RunRef ref, NewRun run, Instant now, Optional<Lease> lease, Optional<IdempotencyKey> key) {
        List<CommonTableExpression<?>> parts = new ArrayList<>();
        Condition mayStart = notExists(selectOne().from(LEDGER_STATE).where(LEDGER_STATE.RESTORED_BEHIND.isNotNull()));
        if (key.isPresent()) {
            CommonTableExpression<?> freshKey = freshKey(key.get(), run, now, mayStart);
            parts.add(freshKey);
            mayStart = exists(selectOne().from(freshKey));
        }
        CommonTableExpression<?> freshId = freshId(ref, run, mayStart);
        parts.add(freshId);
        Map<Field<?>, @Nullable Object> row = RunRow.run(ref, run, now, lease);
        return open.with(parts)
                        .insertInto(RUN, row.keySet())
                        .select(values(row).from(freshId))
                        .execute()
                == 1;
    }

    /** A key that nobody used, or that somebody used too long ago. */
    private static CommonTableExpression<?> freshKey(IdempotencyKey key, NewRun run, Instant now, Condition mayStart) {
        return name("fresh_key")
                .as(DSL.insertInto(
                                IDEMPOTENCY_KEY,
                                IDEMPOTENCY_KEY.KEY,
                                IDEMPOTENCY_KEY.REQUEST,
                                IDEMPOTENCY_KEY.REQUEST_HASH,
                                IDEMPOTENCY_KEY.CREATED_AT)
                        .select(select(
                                        val(key.value()),
                                        val(run.workflowId().value()),
                                        val(run.input().hash()),
                                        val(now, IDEMPOTENCY_KEY.CREATED_AT))
                                .where(mayStart))
                        .onConflict(IDEMPOTENCY_KEY.KEY)
                        .doUpdate()
                        .set(IDEMPOTENCY_KEY.REQUEST, DSL.excluded(IDEMPOTENCY_KEY.REQUEST))
                        .set(IDEMPOTENCY_KEY.REQUEST_HASH, DSL.excluded(IDEMPOTENCY_KEY.REQUEST_HASH))
                        .set(IDEMPOTENCY_KEY.CREATED_AT, DSL.excluded(IDEMPOTENCY_KEY.CREATED_AT))
                        .where(IDEMPOTENCY_KEY.CREATED_AT.lt(now.minus(IdempotencyKey.KEPT)))
                        .returningResult(IDEMPOTENCY_KEY.KEY));
    }

    private static CommonTableExpression<?> freshId(RunRef ref, NewRun run, Condition mayStart) {
        Map<Field<?>, @Nullable Object> row = RunRow.key(ref, run.input().hash());
        return name("fresh_id")
                .as(DSL.insertInto(RUN_KEY, row.keySet())
                        .select(values(row).where(mayStart))
                        .onConflictDoNothing()
                        .returningResult(RUN_KEY.RUN_ID));
    }

    /** A select list of the row's values, each with the type of its column. */
    private static org.jooq.SelectSelectStep<Record> values(Map<Field<?>, @Nullable Object> row) {
        List<Field<?>> values = new ArrayList<>();
        row.forEach((column, value) -> values.add(val(value, column)));
        return select(values);
    }

    /** Empty where what was in the way is gone, so that another attempt may succeed. */
    private static Optional<Accepted> whatStandsThere(DSLContext open, NewRun run, Optional<IdempotencyKey> key) {
        Optional<Accepted> restored = restored(open);
        if (restored.isPresent()) {
            return restored;
        }
        Optional<Accepted> keyConflict = key.flatMap(it -> keyConflict(open, it, run));
        if (keyConflict.isPresent()) {
            return keyConflict;
        }
        Optional<Accepted> standing = sameOrConflict(open, run);
        if (key.isPresent()
                && standing.filter(Accepted.Conflict.class::isInstance).isPresent()) {
            free(open, key.get());
        }
        return standing;
    }

    /** A refused request does not keep its key: the caller may mend the request and send it again. */
    private static void free(DSLContext open, IdempotencyKey key) {
        open.deleteFrom(IDEMPOTENCY_KEY)
                .where(IDEMPOTENCY_KEY.KEY.eq(key.value()))
                .execute();
    }

    private static Optional<Accepted> restored(DSLContext open) {
        return open.select(LEDGER_STATE.ACCEPTED_HIGH_WATER, LEDGER_STATE.RESTORED_BEHIND)
                .from(LEDGER_STATE)
                .where(LEDGER_STATE.RESTORED_BEHIND.isNotNull())
                .fetchOptional(it -> new Accepted.LedgerRestored(it.value1(), it.value2()));
    }

    private static Optional<Accepted> keyConflict(DSLContext open, IdempotencyKey key, NewRun run) {
        return open.select(IDEMPOTENCY_KEY.REQUEST, IDEMPOTENCY_KEY.REQUEST_HASH)
                .from(IDEMPOTENCY_KEY)
                .where(IDEMPOTENCY_KEY.KEY.eq(key.value()))
                .fetchOptional()
                .filter(bound -> !bound.value1().equals(run.workflowId().value())
                        || !Arrays.equals(bound.value2(), run.input().hash()))
                .map(bound -> new Accepted.KeyConflict(key, new WorkflowId(bound.value1())));
    }

    private static Optional<Accepted> sameOrConflict(DSLContext open, NewRun run) {
        return open.select(RUN_KEY.RUN_ID, RUN_KEY.STARTED_ON, RUN_KEY.INPUT_HASH)
                .from(RUN_KEY)
                .where(RUN_KEY.FIRST_ID.eq(RunRow.firstId(run.workflowId())))
                .and(RUN_KEY.GENERATION.eq(run.workflowId().generation()))
                .fetchOptional(standing -> {
                    RunRef ref = new RunRef(standing.value1(), standing.value2(), run.workflowId());
                    return Arrays.equals(standing.value3(), run.input().hash())
                            ? new Accepted.Same(ref)
                            : new Accepted.Conflict(ref);
                });
    }
}
