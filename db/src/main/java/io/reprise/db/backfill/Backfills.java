package io.reprise.db.backfill;

import static io.reprise.db.ledger.Tables.BACKFILL;
import static org.jooq.impl.DSL.noCondition;

import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import io.reprise.db.shared.Storable;
import io.reprise.db.shared.Ulid;
import io.reprise.workflows.backfill.Policy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jooq.DSLContext;
import org.jooq.JSON;
import org.jooq.Record;

/** The backfills that were asked for. Their states move by compare-and-set. */
public final class Backfills {

    private final DSLContext sql;
    private final Clock clock;
    private final RandomGenerator chance;

    public Backfills(DSLContext sql, Clock clock, RandomGenerator chance) {
        this.sql = sql;
        this.clock = clock;
        this.chance = chance;
    }

    /** Takes a backfill with its slots in the order in which they are to be run, all at once. */
    public Backfill create(NewBackfill wanted, List<PlannedSlot> slots) {
        Instant now = clock.instant();
        String id = Ulid.at(now, chance).value();
        return sql.transactionResult(both -> {
            Backfill created = insert(both.dsl(), id, wanted, now);
            BackfillSlots.plan(both.dsl(), id, slots);
            return created;
        });
    }

    private static Backfill insert(DSLContext open, String id, NewBackfill wanted, Instant now) {
        return open.insertInto(BACKFILL)
                .set(BACKFILL.BACKFILL_ID, id)
                .set(BACKFILL.PIPELINE, wanted.pipeline())
                .set(BACKFILL.FROM_SLOT, wanted.fromSlot())
                .set(BACKFILL.TO_SLOT, wanted.toSlot())
                .set(BACKFILL.POLICY, wanted.policy().word())
                .set(BACKFILL.SLOT_ORDER, wanted.order().word())
                .set(BACKFILL.PARALLEL, wanted.parallel())
                .set(BACKFILL.DEFINITION_RULE, wanted.definitionRule().word())
                .set(BACKFILL.DEFINITION_HASH, wanted.definition().orElse(null))
                .set(BACKFILL.PARAMETERS, JSON.json(wanted.parameters()))
                .set(BACKFILL.STEPS, wanted.steps().toArray(String[]::new))
                .set(BACKFILL.STATE, BackfillState.RUNNING.name())
                .set(BACKFILL.CREATED_BY, wanted.createdBy())
                .set(BACKFILL.CREATED_AT, now)
                .set(BACKFILL.UPDATED_AT, now)
                .returning()
                .fetchSingle(Backfills::backfill);
    }

    public Optional<Backfill> byId(String backfillId) {
        return sql.selectFrom(BACKFILL)
                .where(BACKFILL.BACKFILL_ID.eq(backfillId))
                .fetchOptional(Backfills::backfill);
    }

    /** Newest first. */
    public Page<Backfill> page(Optional<String> pipeline, Optional<BackfillState> state, PageRequest request) {
        return request.of(
                sql.selectFrom(BACKFILL)
                        .where(BACKFILL.SEQ.lt(request.below()))
                        .and(pipeline.map(BACKFILL.PIPELINE::eq).orElse(noCondition()))
                        .and(state.map(BackfillState::name)
                                .map(BACKFILL.STATE::eq)
                                .orElse(noCondition()))
                        .orderBy(BACKFILL.SEQ.desc())
                        .limit(request.probe())
                        .fetch(Backfills::backfill),
                Backfill::seq);
    }

    /**
     * Moves a backfill on. Empty where it is in none of the states that it may move from, or unknown.
     *
     * @param reason why, where a person decided it
     */
    public Optional<Backfill> move(
            String backfillId, Set<BackfillState> from, BackfillState to, Optional<String> reason) {
        Instant now = clock.instant();
        return sql.update(BACKFILL)
                .set(BACKFILL.STATE, to.name())
                .set(BACKFILL.STATE_REASON, reason.map(Storable::text).orElse(null))
                .set(BACKFILL.ENDED_AT, to.isEnded() ? now : null)
                .set(BACKFILL.UPDATED_AT, now)
                .where(BACKFILL.BACKFILL_ID.eq(backfillId))
                .and(BACKFILL.STATE.in(from.stream().map(BackfillState::name).toList()))
                .returning()
                .fetchOptional(Backfills::backfill);
    }

    /** Forgets backfills that ended before, with their slots; their runs are kept as runs are. */
    public int forgetEndedBefore(Instant firstKept) {
        return sql.deleteFrom(BACKFILL).where(BACKFILL.ENDED_AT.lt(firstKept)).execute();
    }

    private static Backfill backfill(Record row) {
        return new Backfill(
                row.get(BACKFILL.BACKFILL_ID),
                row.get(BACKFILL.SEQ),
                row.get(BACKFILL.PIPELINE),
                row.get(BACKFILL.FROM_SLOT),
                row.get(BACKFILL.TO_SLOT),
                Policy.of(row.get(BACKFILL.POLICY)),
                SlotOrder.of(row.get(BACKFILL.SLOT_ORDER)),
                row.get(BACKFILL.PARALLEL),
                DefinitionRule.of(row.get(BACKFILL.DEFINITION_RULE)),
                Optional.ofNullable(row.get(BACKFILL.DEFINITION_HASH)),
                row.get(BACKFILL.PARAMETERS).data(),
                List.of(row.get(BACKFILL.STEPS)),
                BackfillState.valueOf(row.get(BACKFILL.STATE)),
                Optional.ofNullable(row.get(BACKFILL.STATE_REASON)),
                row.get(BACKFILL.CREATED_BY),
                row.get(BACKFILL.CREATED_AT),
                row.get(BACKFILL.UPDATED_AT),
                Optional.ofNullable(row.get(BACKFILL.ENDED_AT)));
    }
}
