package io.reprise.db.access;

import static io.reprise.db.ledger.Tables.OPERATOR_AUDIT;
import static org.jooq.impl.DSL.noCondition;

import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;

/** Who decided what, and about which run, trigger or dead letter. */
public final class OperatorAudit {

    private final DSLContext sql;
    private final Clock clock;

    public OperatorAudit(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** The details are JSON. */
    public void record(String actor, String verb, String target, String details) {
        sql.insertInto(OPERATOR_AUDIT)
                .set(OPERATOR_AUDIT.AT, clock.instant())
                .set(OPERATOR_AUDIT.ACTOR, actor)
                .set(OPERATOR_AUDIT.VERB, verb)
                .set(OPERATOR_AUDIT.TARGET, target)
                .set(OPERATOR_AUDIT.DETAILS, JSONB.jsonb(details))
                .execute();
    }

    /** Forgets what was decided before that; answers how much. */
    public int forget(Instant before) {
        return sql.deleteFrom(OPERATOR_AUDIT)
                .where(OPERATOR_AUDIT.AT.lt(before))
                .execute();
    }

    /** Newest first. */
    public Page<OperatorDecision> page(Optional<String> target, PageRequest request) {
        return request.of(
                sql.selectFrom(OPERATOR_AUDIT)
                        .where(OPERATOR_AUDIT.SEQ.lt(request.below()))
                        .and(target.map(OPERATOR_AUDIT.TARGET::eq).orElse(noCondition()))
                        .orderBy(OPERATOR_AUDIT.SEQ.desc())
                        .limit(request.probe())
                        .fetch(OperatorAudit::decision),
                OperatorDecision::seq);
    }

    private static OperatorDecision decision(Record row) {
        return new OperatorDecision(
                row.get(OPERATOR_AUDIT.SEQ),
                row.get(OPERATOR_AUDIT.AT),
                row.get(OPERATOR_AUDIT.ACTOR),
                row.get(OPERATOR_AUDIT.VERB),
                row.get(OPERATOR_AUDIT.TARGET),
                row.get(OPERATOR_AUDIT.DETAILS).data());
    }
}
