package io.reprise.db.schedule;

import static io.reprise.db.ledger.Tables.RUN;
import static io.reprise.db.ledger.Tables.SCHEDULE_FOLLOWER;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import org.jooq.DSLContext;

/** How far pipelines that run after others have followed them. */
public final class SlotFollowers {

    private final DSLContext sql;

    public SlotFollowers(DSLContext sql) {
        this.sql = sql;
    }

    /** The seq up to which runs are accounted for. Who begins to follow begins with what is accepted from now on. */
    public long seen(String pipeline, String followed) {
        sql.insertInto(SCHEDULE_FOLLOWER)
                .columns(SCHEDULE_FOLLOWER.PIPELINE, SCHEDULE_FOLLOWER.FOLLOWED, SCHEDULE_FOLLOWER.SEEN_SEQ)
                .select(select(val(pipeline), val(followed), coalesce(max(RUN.SEQ), inline(0L)))
                        .from(RUN)
                        .where(RUN.FEATURE.eq(inline("pipeline")))
                        .and(RUN.NAME.eq(followed)))
                .onConflictDoNothing()
                .execute();
        return sql.select(SCHEDULE_FOLLOWER.SEEN_SEQ)
                .from(SCHEDULE_FOLLOWER)
                .where(SCHEDULE_FOLLOWER.PIPELINE.eq(pipeline))
                .and(SCHEDULE_FOLLOWER.FOLLOWED.eq(followed))
                .fetchSingle()
                .value1();
    }

    /** Answers false where somebody else has moved it from there. */
    public boolean moved(String pipeline, String followed, long from, long to) {
        return sql.update(SCHEDULE_FOLLOWER)
                        .set(SCHEDULE_FOLLOWER.SEEN_SEQ, to)
                        .where(SCHEDULE_FOLLOWER.PIPELINE.eq(pipeline))
                        .and(SCHEDULE_FOLLOWER.FOLLOWED.eq(followed))
                        .and(SCHEDULE_FOLLOWER.SEEN_SEQ.eq(from))
                        .execute()
                == 1;
    }
}
