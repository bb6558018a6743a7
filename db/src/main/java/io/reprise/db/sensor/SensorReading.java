package io.reprise.db.sensor;

import static io.reprise.db.ledger.Tables.SENSOR;
import static io.reprise.db.ledger.Tables.SENSOR_PLACE;
import static io.reprise.db.ledger.Tables.SENSOR_READER;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import io.reprise.workflows.run.WorkflowId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.JSON;
import org.jooq.Row2;

/** The steps that wait for a record of a topic, as those see them who read the topics and wake the runs. */
public final class SensorReading {

    private final DSLContext sql;
    private final Clock clock;

    public SensorReading(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** The topics for whose records steps wait. */
    public List<ReadTopic> topics() {
        return sql.selectDistinct(SENSOR.TOPIC, SENSOR_READER.WORKER, SENSOR_READER.HELD_UNTIL)
                .from(SENSOR)
                .leftJoin(SENSOR_READER)
                .on(SENSOR_READER.TOPIC.eq(SENSOR.TOPIC))
                .where(SENSOR.ANSWERED_AT.isNull())
                .orderBy(SENSOR.TOPIC)
                .fetch(found -> new ReadTopic(
                        found.value1(), Optional.ofNullable(found.value2()), Optional.ofNullable(found.value3())));
    }

    /** Answers whether this worker reads the topic from now on: it does already, or nobody else says so. */
    public boolean hold(String topic, String worker, Duration length) {
        Instant now = clock.instant();
        return sql.insertInto(SENSOR_READER)
                        .set(SENSOR_READER.TOPIC, topic)
                        .set(SENSOR_READER.WORKER, worker)
                        .set(SENSOR_READER.HELD_UNTIL, now.plus(length))
                        .onConflict(SENSOR_READER.TOPIC)
                        .doUpdate()
                        .set(SENSOR_READER.WORKER, excluded(SENSOR_READER.WORKER))
                        .set(SENSOR_READER.HELD_UNTIL, excluded(SENSOR_READER.HELD_UNTIL))
                        .where(SENSOR_READER.WORKER.eq(worker))
                        .or(SENSOR_READER.HELD_UNTIL.le(now))
                        .execute()
                == 1;
    }

    public void release(Collection<String> topics, String worker) {
        sql.deleteFrom(SENSOR_READER)
                .where(SENSOR_READER.TOPIC.in(topics))
                .and(SENSOR_READER.WORKER.eq(worker))
                .execute();
    }

    public Set<SensorId> openOf(String topic) {
        return sql.select(SENSOR.RUN_ID, SENSOR.STEP_ID)
                .from(SENSOR)
                .where(SENSOR.TOPIC.eq(topic))
                .and(SENSOR.ANSWERED_AT.isNull())
                .fetchSet(found -> new SensorId(found.value1(), found.value2()));
    }

    /** Those of them that still wait. */
    public List<OpenSensor> read(Collection<SensorId> ids) {
        List<Row2<String, String>> keys =
                ids.stream().map(id -> row(id.runId(), id.stepId())).toList();
        Map<SensorId, Map<SensorPlace, Long>> places = new HashMap<>();
        sql.selectFrom(SENSOR_PLACE)
                .where(row(SENSOR_PLACE.RUN_ID, SENSOR_PLACE.STEP_ID).in(keys))
                .forEach(place -> places.computeIfAbsent(
                                new SensorId(place.get(SENSOR_PLACE.RUN_ID), place.get(SENSOR_PLACE.STEP_ID)),
                                any -> new HashMap<>())
                        .put(
                                new SensorPlace(place.get(SENSOR_PLACE.TOPIC_ID), place.get(SENSOR_PLACE.PARTITION)),
                                place.get(SENSOR_PLACE.NEXT_OFFSET)));
        List<OpenSensor> open = new ArrayList<>();
        sql.selectFrom(SENSOR)
                .where(row(SENSOR.RUN_ID, SENSOR.STEP_ID).in(keys))
                .and(SENSOR.ANSWERED_AT.isNull())
                .forEach(found -> {
                    SensorId id = new SensorId(found.get(SENSOR.RUN_ID), found.get(SENSOR.STEP_ID));
                    open.add(new OpenSensor(
                            id,
                            new WorkflowId(found.get(SENSOR.WORKFLOW_ID)),
                            found.get(SENSOR.WANTED).data(),
                            found.get(SENSOR.SINCE),
                            places.getOrDefault(id, Map.of())));
                });
        return open;
    }

    /** Keeps how far was looked. A step that waits no more needs it no more. */
    public void place(SensorId id, SensorPlace place, long next) {
        sql.insertInto(
                        SENSOR_PLACE,
                        SENSOR_PLACE.RUN_ID,
                        SENSOR_PLACE.STEP_ID,
                        SENSOR_PLACE.TOPIC_ID,
                        SENSOR_PLACE.PARTITION,
                        SENSOR_PLACE.NEXT_OFFSET)
                .select(sql.select(
                                SENSOR.RUN_ID, SENSOR.STEP_ID, val(place.topicId()), val(place.partition()), val(next))
                        .from(SENSOR)
                        .where(Sensors.is(id)))
                .onDuplicateKeyUpdate()
                .set(SENSOR_PLACE.NEXT_OFFSET, next)
                .execute();
    }

    /** What is to be told to those who look at its run. */
    public void note(SensorId id, String words) {
        sql.update(SENSOR).set(SENSOR.NOTE, words).where(Sensors.is(id)).execute();
    }

    /** Nothing keeps it from being answered any more. */
    public void clear(SensorId id) {
        sql.update(SENSOR).setNull(SENSOR.NOTE).where(Sensors.is(id)).execute();
    }

    public void passed(SensorId id, long unreadable) {
        sql.update(SENSOR)
                .set(SENSOR.UNREADABLE, SENSOR.UNREADABLE.plus(unreadable))
                .where(Sensors.is(id))
                .execute();
    }

    /** Answers whether it is this that it is answered with: nobody was faster, and it still waits. */
    public boolean answer(SensorId id, String answer) {
        return sql.update(SENSOR)
                        .set(SENSOR.ANSWER, JSON.json(answer))
                        .set(SENSOR.ANSWERED_AT, clock.instant())
                        .where(Sensors.is(id))
                        .and(SENSOR.ANSWERED_AT.isNull())
                        .execute()
                == 1;
    }

    /** Those that were answered so long ago, and whose runs nobody has woken. */
    public List<Wake> toWake(Duration ago, int atMost) {
        return sql.selectFrom(SENSOR)
                .where(SENSOR.ANSWERED_AT.le(clock.instant().minus(ago)))
                .and(SENSOR.WOKEN_AT.isNull())
                .orderBy(SENSOR.ANSWERED_AT)
                .limit(atMost)
                .fetch(found -> new Wake(
                        new SensorId(found.get(SENSOR.RUN_ID), found.get(SENSOR.STEP_ID)),
                        new WorkflowId(found.get(SENSOR.WORKFLOW_ID))));
    }

    public void woken(SensorId id) {
        sql.update(SENSOR)
                .set(SENSOR.WOKEN_AT, clock.instant())
                .where(Sensors.is(id))
                .execute();
    }
}
