package io.reprise.db.backfill;

import static io.reprise.db.ledger.Tables.BACKFILL;
import static io.reprise.db.ledger.Tables.BACKFILL_SLOT;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;

import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import io.reprise.db.shared.Storable;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The slots of backfills. Each moves by compare-and-set, so that whoever drives a backfill may do so twice. */
public final class BackfillSlots {

    private static final int BATCH = 1_000;

    private final DSLContext sql;
    private final Clock clock;

    public BackfillSlots(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Places count from 1, in the order given. */
    static void plan(DSLContext open, String backfillId, List<PlannedSlot> slots) {
        for (int from = 0; from < slots.size(); from += BATCH) {
            List<PlannedSlot> some = slots.subList(from, Math.min(from + BATCH, slots.size()));
            BatchBindStep batch = open.batch(open.insertInto(
                            BACKFILL_SLOT,
                            BACKFILL_SLOT.BACKFILL_ID,
                            BACKFILL_SLOT.SLOT,
                            BACKFILL_SLOT.PLACE,
                            BACKFILL_SLOT.WHY,
                            BACKFILL_SLOT.STATE)
                    .values((String) null, null, null, null, null));
            for (int i = 0; i < some.size(); i++) {
                PlannedSlot slot = some.get(i);
                SlotState state = slot.run() ? SlotState.PLANNED : SlotState.SKIPPED;
                batch = batch.bind(backfillId, slot.slot(), from + i + 1, slot.why(), state.name());
            }
            batch.execute();
        }
    }

    /** The next slots to run, in their order. */
    public List<BackfillSlot> next(String backfillId, int atMost) {
        return inState(backfillId, SlotState.PLANNED, atMost);
    }

    /** Whether nobody has paused or cancelled its backfill since the slot was found. */
    public boolean isStillToStart(String backfillId, String slot) {
        return sql.fetchExists(sql.selectOne()
                .from(BACKFILL_SLOT)
                .join(BACKFILL)
                .using(BACKFILL_SLOT.BACKFILL_ID)
                .where(BACKFILL_SLOT.BACKFILL_ID.eq(backfillId))
                .and(BACKFILL_SLOT.SLOT.eq(slot))
                .and(BACKFILL_SLOT.STATE.eq(SlotState.PLANNED.name()))
                .and(BACKFILL.STATE.eq(BackfillState.RUNNING.name())));
    }

    /** The slots whose runs are open, in their order. */
    public List<BackfillSlot> running(String backfillId, int atMost) {
        return inState(backfillId, SlotState.RUNNING, atMost);
    }

    private List<BackfillSlot> inState(String backfillId, SlotState state, int atMost) {
        return sql.selectFrom(BACKFILL_SLOT)
                .where(BACKFILL_SLOT.BACKFILL_ID.eq(backfillId))
                .and(BACKFILL_SLOT.STATE.eq(state.name()))
                .orderBy(BACKFILL_SLOT.PLACE)
                .limit(atMost)
                .fetch(BackfillSlots::slot);
    }

    /** In the order in which they are run. */
    public Page<BackfillSlot> page(String backfillId, Optional<SlotState> state, PageRequest request) {
        List<BackfillSlot> probed = sql.selectFrom(BACKFILL_SLOT)
                .where(BACKFILL_SLOT.BACKFILL_ID.eq(backfillId))
                .and(BACKFILL_SLOT.PLACE.gt((int) request.cursor().orElse(0)))
                .and(state.map(SlotState::name).map(BACKFILL_SLOT.STATE::eq).orElse(noCondition()))
                .orderBy(BACKFILL_SLOT.PLACE)
                .limit(request.probe())
                .fetch(BackfillSlots::slot);
        return request.of(probed, BackfillSlot::place);
    }

    /** Answers false where the slot was not planned any more. */
    public boolean started(String backfillId, String slot, String runId) {
        return sql.update(BACKFILL_SLOT)
                        .set(BACKFILL_SLOT.STATE, SlotState.RUNNING.name())
                        .set(BACKFILL_SLOT.RUN_ID, runId)
                        .set(BACKFILL_SLOT.STARTED_AT, clock.instant())
                        .where(BACKFILL_SLOT.BACKFILL_ID.eq(backfillId))
                        .and(BACKFILL_SLOT.SLOT.eq(slot))
                        .and(BACKFILL_SLOT.STATE.eq(SlotState.PLANNED.name()))
                        .execute()
                == 1;
    }

    /**
     * Answers false where the slot has ended before.
     *
     * @param error what went wrong, in words
     */
    public boolean ended(String backfillId, String slot, SlotState end, Optional<String> error) {
        return sql.update(BACKFILL_SLOT)
                        .set(BACKFILL_SLOT.STATE, end.name())
                        .set(BACKFILL_SLOT.ERROR, error.map(Storable::text).orElse(null))
                        .set(BACKFILL_SLOT.ENDED_AT, clock.instant())
                        .where(BACKFILL_SLOT.BACKFILL_ID.eq(backfillId))
                        .and(BACKFILL_SLOT.SLOT.eq(slot))
                        .and(BACKFILL_SLOT.STATE.in(SlotState.PLANNED.name(), SlotState.RUNNING.name()))
                        .execute()
                == 1;
    }

    /** Cancels what was not started, and answers how much that was. */
    public int cancelPlanned(String backfillId) {
        return sql.update(BACKFILL_SLOT)
                .set(BACKFILL_SLOT.STATE, SlotState.CANCELLED.name())
                .set(BACKFILL_SLOT.ENDED_AT, clock.instant())
                .where(BACKFILL_SLOT.BACKFILL_ID.eq(backfillId))
                .and(BACKFILL_SLOT.STATE.eq(SlotState.PLANNED.name()))
                .execute();
    }

    /** Plans what failed once more, and answers how much that was. */
    public int planFailedAgain(String backfillId) {
        return sql.update(BACKFILL_SLOT)
                .set(BACKFILL_SLOT.STATE, SlotState.PLANNED.name())
                .setNull(BACKFILL_SLOT.ERROR)
                .setNull(BACKFILL_SLOT.STARTED_AT)
                .setNull(BACKFILL_SLOT.ENDED_AT)
                .where(BACKFILL_SLOT.BACKFILL_ID.eq(backfillId))
                .and(BACKFILL_SLOT.STATE.eq(SlotState.FAILED.name()))
                .execute();
    }

    public BackfillProgress progress(String backfillId) {
        Map<SlotState, Integer> slots = new EnumMap<>(SlotState.class);
        sql.select(BACKFILL_SLOT.STATE, count())
                .from(BACKFILL_SLOT)
                .where(BACKFILL_SLOT.BACKFILL_ID.eq(backfillId))
                .groupBy(BACKFILL_SLOT.STATE)
                .forEach(row -> slots.put(SlotState.valueOf(row.value1()), row.value2()));
        return new BackfillProgress(
                slots.getOrDefault(SlotState.PLANNED, 0),
                slots.getOrDefault(SlotState.RUNNING, 0),
                slots.getOrDefault(SlotState.DONE, 0),
                slots.getOrDefault(SlotState.FAILED, 0),
                slots.getOrDefault(SlotState.CANCELLED, 0),
                slots.getOrDefault(SlotState.SKIPPED, 0),
                pace(backfillId));
    }

    private Optional<Duration> pace(String backfillId) {
        return sql.select(min(BACKFILL_SLOT.STARTED_AT), max(BACKFILL_SLOT.ENDED_AT), count())
                .from(BACKFILL_SLOT)
                .where(BACKFILL_SLOT.BACKFILL_ID.eq(backfillId))
                .and(BACKFILL_SLOT.STATE.in(SlotState.DONE.name(), SlotState.FAILED.name()))
                .and(BACKFILL_SLOT.STARTED_AT.isNotNull())
                .fetchOptional()
                .filter(row -> row.value3() > 0)
                .map(row -> Duration.between(row.value1(), row.value2()).dividedBy(row.value3()));
    }

    private static BackfillSlot slot(Record row) {
        return new BackfillSlot(
                row.get(BACKFILL_SLOT.SLOT),
                row.get(BACKFILL_SLOT.PLACE),
                row.get(BACKFILL_SLOT.WHY),
                SlotState.valueOf(row.get(BACKFILL_SLOT.STATE)),
                Optional.ofNullable(row.get(BACKFILL_SLOT.RUN_ID)),
                Optional.ofNullable(row.get(BACKFILL_SLOT.ERROR)),
                Optional.ofNullable(row.get(BACKFILL_SLOT.STARTED_AT)),
                Optional.ofNullable(row.get(BACKFILL_SLOT.ENDED_AT)));
    }
}
