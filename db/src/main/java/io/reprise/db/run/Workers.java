package io.reprise.db.run;

import static io.reprise.db.ledger.Tables.WORKER;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Which workers are there. */
public final class Workers {

    private final DSLContext sql;
    private final Clock clock;

    public Workers(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** The heartbeat is stamped here, so that one clock a process decides. */
    public void present(WorkerPresence worker) {
        sql.insertInto(WORKER)
                .set(WORKER.WORKER_ID, worker.workerId())
                .set(WORKER.STARTED_AT, worker.startedAt())
                .set(WORKER.HEARTBEAT_AT, clock.instant())
                .set(WORKER.BUILD, worker.build())
                .set(WORKER.TASK_QUEUES, worker.taskQueues().toArray(String[]::new))
                .set(WORKER.KAFKA, worker.kafka())
                .set(WORKER.TEMPORAL, worker.temporal())
                .set(WORKER.SHOP_DB, worker.shopDb())
                .set(WORKER.SEEDED, worker.seeded())
                .onConflict(WORKER.WORKER_ID)
                .doUpdate()
                .setAllToExcluded()
                .execute();
    }

    public void gone(String workerId) {
        sql.deleteFrom(WORKER).where(WORKER.WORKER_ID.eq(workerId)).execute();
    }

    /** Workers heard of within that time, the one heard of last first. */
    public List<WorkerPresence> heardWithin(Duration age) {
        return sql.selectFrom(WORKER)
                .where(WORKER.HEARTBEAT_AT.ge(clock.instant().minus(age)))
                .orderBy(WORKER.HEARTBEAT_AT.desc())
                .fetch(Workers::presence);
    }

    /** Forgets workers that were lost without a word. */
    public int forgetSilent(Duration age) {
        return sql.deleteFrom(WORKER)
                .where(WORKER.HEARTBEAT_AT.lt(clock.instant().minus(age)))
                .execute();
    }

    private static WorkerPresence presence(Record row) {
        return new WorkerPresence(
                row.get(WORKER.WORKER_ID),
                row.get(WORKER.STARTED_AT),
                row.get(WORKER.HEARTBEAT_AT),
                row.get(WORKER.BUILD),
                List.of(row.get(WORKER.TASK_QUEUES)),
                row.get(WORKER.KAFKA),
                row.get(WORKER.TEMPORAL),
                row.get(WORKER.SHOP_DB),
                row.get(WORKER.SEEDED));
    }
}
