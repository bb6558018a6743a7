package io.reprise.db.schedule;

import static io.reprise.db.ledger.Tables.SLOT_INPUT;

import io.reprise.db.shared.NamedPage;
import io.reprise.db.shared.NamedPageRequest;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The input digests of slots: a slot whose input has another digest now is restated. */
public final class SlotInputs {

    private final DSLContext sql;

    public SlotInputs(DSLContext sql) {
        this.sql = sql;
    }

    public Optional<SlotInput> of(String pipeline, String slot) {
        return sql.selectFrom(SLOT_INPUT)
                .where(SLOT_INPUT.PIPELINE.eq(pipeline))
                .and(SLOT_INPUT.SLOT.eq(slot))
                .fetchOptional(SlotInputs::input);
    }

    /**
     * By slot.
     *
     * @param from the first slot
     * @param before the slot after the last one
     */
    public NamedPage<SlotInput> page(String pipeline, String from, String before, NamedPageRequest request) {
        return NamedPage.of(
                sql.selectFrom(SLOT_INPUT)
                        .where(SLOT_INPUT.PIPELINE.eq(pipeline))
                        .and(SLOT_INPUT.SLOT.ge(from))
                        .and(SLOT_INPUT.SLOT.lt(before))
                        .and(SLOT_INPUT.SLOT.gt(request.above()))
                        .orderBy(SLOT_INPUT.SLOT)
                        .limit(request.probe())
                        .fetch(SlotInputs::input),
                request.size(),
                SlotInput::slot);
    }

    /**
     * Notes what a slot was made from. Answers false where its digest is not the expected one any more: of two that find
     * the same change one restates it.
     *
     * @param expected the digest before; empty for a slot that has none yet
     */
    public boolean seen(SlotInput input, Optional<String> expected) {
        if (expected.isEmpty()) {
            return sql.insertInto(SLOT_INPUT)
                            .set(SLOT_INPUT.PIPELINE, input.pipeline())
                            .set(SLOT_INPUT.SLOT, input.slot())
                            .set(SLOT_INPUT.DIGEST, input.digest())
                            .set(SLOT_INPUT.SEEN_AT, input.seenAt())
                            .set(SLOT_INPUT.RUN_ID, input.runId().orElse(null))
                            .onConflictDoNothing()
                            .execute()
                    == 1;
        }
        return sql.update(SLOT_INPUT)
                        .set(SLOT_INPUT.DIGEST, input.digest())
                        .set(SLOT_INPUT.SEEN_AT, input.seenAt())
                        .set(SLOT_INPUT.RUN_ID, input.runId().orElse(null))
                        .where(SLOT_INPUT.PIPELINE.eq(input.pipeline()))
                        .and(SLOT_INPUT.SLOT.eq(input.slot()))
                        .and(SLOT_INPUT.DIGEST.eq(expected.get()))
                        .execute()
                == 1;
    }

    public int forgetBefore(Instant firstKept) {
        return sql.deleteFrom(SLOT_INPUT)
                .where(SLOT_INPUT.SEEN_AT.lt(firstKept))
                .execute();
    }

    private static SlotInput input(Record row) {
        return new SlotInput(
                row.get(SLOT_INPUT.PIPELINE),
                row.get(SLOT_INPUT.SLOT),
                row.get(SLOT_INPUT.DIGEST),
                row.get(SLOT_INPUT.SEEN_AT),
                Optional.ofNullable(row.get(SLOT_INPUT.RUN_ID)));
    }
}
