package io.reprise.db.sensor;

import static io.reprise.db.ledger.Tables.RUN;
import static io.reprise.db.ledger.Tables.SENSOR;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSON;

/** The steps that wait for a record of a topic, as their runs and people see them. */
public final class Sensors {

    /** Who waits may be late in saying that it has given up. */
    private static final Duration GRACE = Duration.ofDays(1);

    private final DSLContext sql;
    private final Clock clock;

    public Sensors(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Has a record watched for, once however often it is asked. Answers what was found, as JSON, if it was. */
    public Optional<String> watch(NewSensor sensor) {
        sql.insertInto(SENSOR)
                .set(SENSOR.RUN_ID, sensor.run().runId())
                .set(SENSOR.STARTED_ON, sensor.run().startedOn())
                .set(SENSOR.STEP_ID, sensor.stepId())
                .set(SENSOR.WORKFLOW_ID, sensor.run().workflowId().value())
                .set(SENSOR.TOPIC, sensor.topic())
                .set(SENSOR.WANTED, JSON.json(sensor.wanted()))
                .set(SENSOR.SINCE, sensor.since())
                .set(SENSOR.WATCHED_AT, clock.instant())
                .set(SENSOR.ENDS_AT, sensor.endsAt())
                .onConflictDoNothing()
                .execute();
        return answer(sensor.id());
    }

    /** Gives up, unless it was answered before that: then what was found is answered, as JSON. */
    public Optional<String> end(SensorId id) {
        sql.deleteFrom(SENSOR).where(is(id)).and(SENSOR.ANSWERED_AT.isNull()).execute();
        return answer(id);
    }

    private Optional<String> answer(SensorId id) {
        return sql.select(SENSOR.ANSWER)
                .from(SENSOR)
                .where(is(id))
                .fetchOptional(SENSOR.ANSWER)
                .map(JSON::data);
    }

    /** What the steps of a run wait for. */
    public List<ShownSensor> openOf(String runId) {
        return sql.selectFrom(SENSOR)
                .where(SENSOR.RUN_ID.eq(runId))
                .and(SENSOR.ANSWERED_AT.isNull())
                .orderBy(SENSOR.STEP_ID)
                .fetch(row -> new ShownSensor(
                        row.get(SENSOR.STEP_ID),
                        row.get(SENSOR.WANTED).data(),
                        row.get(SENSOR.SINCE),
                        Optional.ofNullable(row.get(SENSOR.NOTE)),
                        row.get(SENSOR.UNREADABLE)));
    }

    /** Forgets those whose run has ended or is gone, and those that have given up long ago. Answers how many. */
    public int forgetEnded() {
        return sql.deleteFrom(SENSOR)
                .where(notExists(selectOne()
                        .from(RUN)
                        .where(RUN.RUN_ID.eq(SENSOR.RUN_ID))
                        .and(RUN.STARTED_ON.eq(SENSOR.STARTED_ON))
                        .and(RUN.ENDED_AT.isNull())))
                .or(SENSOR.ANSWERED_AT
                        .isNull()
                        .and(SENSOR.ENDS_AT.lt(clock.instant().minus(GRACE))))
                .execute();
    }

    static Condition is(SensorId id) {
        return SENSOR.RUN_ID.eq(id.runId()).and(SENSOR.STEP_ID.eq(id.stepId()));
    }
}
