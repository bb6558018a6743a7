package io.reprise.db.trigger;

import static io.reprise.db.ledger.Tables.INBOX;

import java.util.OptionalLong;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Which records became runs, for as long as the ledger keeps its runs. */
public final class TriggerInbox {

    private final DSLContext sql;

    public TriggerInbox(DSLContext sql) {
        this.sql = sql;
    }

    /** The last record of the partition that became a run; what is read behind it is new. */
    public OptionalLong last(TriggerBatch.Source source) {
        return sql
                .select(INBOX.RECORD_OFFSET)
                .from(INBOX)
                .where(of(source))
                .orderBy(INBOX.RECORD_OFFSET.desc())
                .limit(1)
                .fetch(INBOX.RECORD_OFFSET)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** The records among these that became runs. */
    public Set<Long> known(TriggerBatch.Source source, long from, long to) {
        return sql.select(INBOX.RECORD_OFFSET)
                .from(INBOX)
                .where(of(source))
                .and(INBOX.RECORD_OFFSET.between(from, to))
                .fetchSet(INBOX.RECORD_OFFSET);
    }

    static Condition of(TriggerBatch.Source source) {
        return INBOX.TRIGGER
                .eq(source.trigger())
                .and(INBOX.TOPIC_ID.eq(source.topicId()))
                .and(INBOX.PARTITION.eq(source.partition()));
    }
}
