package io.reprise.db.trigger;

import static io.reprise.db.ledger.Tables.INBOX;
import static io.reprise.db.ledger.Tables.TRIGGER_POSITION;

import io.reprise.db.deadletter.Cause;
import io.reprise.db.deadletter.DeadLetters;
import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.run.AcceptanceOfMany;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.RunRef;
import io.reprise.db.shared.Partitions;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.jooq.Field;

/**
 * Takes batches of records into the ledger. Position, runs, inbox and dead letters are one transaction, and the position
 * moves by compare-and-set: of two consumers that believe they own a partition one loses, and a batch that is delivered
 * again changes nothing.
 */
public final class TriggerAcceptance {

    private final DSLContext sql;
    private final Clock clock;
    private final AcceptanceOfMany acceptance;
    private final DeadLetters deadLetters;

    public TriggerAcceptance(DSLContext sql, Clock clock, AcceptanceOfMany acceptance, DeadLetters deadLetters) {
        this.sql = sql;
        this.clock = clock;
        this.acceptance = acceptance;
        this.deadLetters = deadLetters;
    }

    public BatchAccepted accept(TriggerBatch batch) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new Partitions(sql).ensuring(today, () -> sql.transactionResult(all -> accept(all.dsl(), batch, today)));
    }

    private BatchAccepted accept(DSLContext open, TriggerBatch batch, LocalDate today) {
        Optional<Accepted.LedgerRestored> refusal = acceptance.refusal(open);
        if (refusal.isPresent()) {
            return new BatchAccepted.LedgerRestored(
                    refusal.get().highWater(), refusal.get().mark());
        }
        if (!moved(open, batch)) {
            return new BatchAccepted.Stale(position(open, batch.source()));
        }
        return taken(open, batch, today);
    }

    private BatchAccepted taken(DSLContext open, TriggerBatch batch, LocalDate today) {
        List<TriggerRecord.Start> starts = new ArrayList<>();
        Map<SourceRecord, Cause> letters = new LinkedHashMap<>();
        for (TriggerRecord record : batch.records()) {
            switch (record) {
                case TriggerRecord.Start start -> starts.add(start);
                case TriggerRecord.Poison poison -> letters.put(poison.record(), poison.cause());
                case TriggerRecord.Filtered _, TriggerRecord.Known _ -> {}
            }
        }
        List<Accepted> runs = accepted(open, starts);
        letters.putAll(conflicts(starts, runs));
        deadLetters.write(open, batch.source().trigger(), letters);
        writeInbox(open, batch.source(), starts, runs, today);
        return new BatchAccepted.Taken(runs, letters.size());
    }

    /** Consecutive records that share one run ask for it once. */
    private List<Accepted> accepted(DSLContext open, List<TriggerRecord.Start> starts) {
        List<NewRun> asked = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (TriggerRecord.Start start : starts) {
            if (asked.isEmpty() || !asked.getLast().equals(start.run())) {
                asked.add(start.run());
            }
            places.add(asked.size() - 1);
        }
        List<Accepted> runs = acceptance.accept(open, asked);
        return places.stream().map(runs::get).toList();
    }

    /** The first batch of a partition makes its position; of two first ones, one waits for the other and loses. */
    private boolean moved(DSLContext open, TriggerBatch batch) {
        Map<Field<?>, Object> position = position(batch);
        return open.insertInto(TRIGGER_POSITION)
                        .set(TRIGGER_POSITION.TRIGGER, batch.source().trigger())
                        .set(TRIGGER_POSITION.TOPIC_ID, batch.source().topicId())
                        .set(TRIGGER_POSITION.PARTITION, batch.source().partition())
                        .set(position)
                        .set(TRIGGER_POSITION.FILTERED_RECORDS, (long) batch.filtered())
                        .onConflict(TRIGGER_POSITION.TRIGGER, TRIGGER_POSITION.TOPIC_ID, TRIGGER_POSITION.PARTITION)
                        .doUpdate()
                        .set(position)
                        .set(
                                TRIGGER_POSITION.FILTERED_RECORDS,
                                TRIGGER_POSITION.FILTERED_RECORDS.plus(batch.filtered()))
                        .where(TRIGGER_POSITION.NEXT_OFFSET.eq(batch.from()))
                        .execute()
                == 1;
    }

    private Map<Field<?>, Object> position(TriggerBatch batch) {
        Map<Field<?>, Object> position = new LinkedHashMap<>();
        position.put(TRIGGER_POSITION.NEXT_OFFSET, batch.next());
        position.put(TRIGGER_POSITION.UPDATED_AT, clock.instant());
        batch.last().ifPresent(last -> {
            position.put(TRIGGER_POSITION.LAST_OFFSET, last.offset());
            position.put(TRIGGER_POSITION.LAST_DIGEST, last.digest());
        });
        return position;
    }

    private static OptionalLong position(DSLContext open, TriggerBatch.Source source) {
        return open
                .select(TRIGGER_POSITION.NEXT_OFFSET)
                .from(TRIGGER_POSITION)
                .where(TRIGGER_POSITION.TRIGGER.eq(source.trigger()))
                .and(TRIGGER_POSITION.TOPIC_ID.eq(source.topicId()))
                .and(TRIGGER_POSITION.PARTITION.eq(source.partition()))
                .fetch(TRIGGER_POSITION.NEXT_OFFSET)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    private static Map<SourceRecord, Cause> conflicts(List<TriggerRecord.Start> starts, List<Accepted> runs) {
        Map<SourceRecord, Cause> conflicts = new LinkedHashMap<>();
        for (int i = 0; i < starts.size(); i++) {
            if (runs.get(i) instanceof Accepted.Conflict(RunRef existing)) {
                conflicts.put(starts.get(i).record(), conflictWith(existing));
            }
        }
        return conflicts;
    }

    private static Cause conflictWith(RunRef existing) {
        String message = "cannot start " + existing.workflowId() + ": run " + existing.runId()
                + " has that id with another input (expected: the same input, or another id)";
        return new Cause(Cause.CONFLICT, message, "[]", Cause.CONFLICT);
    }

    private static void writeInbox(
            DSLContext open,
            TriggerBatch.Source source,
            List<TriggerRecord.Start> starts,
            List<Accepted> runs,
            LocalDate today) {
        BatchBindStep batch = open.batch(open.insertInto(
                        INBOX,
                        INBOX.TRIGGER,
                        INBOX.TOPIC_ID,
                        INBOX.PARTITION,
                        INBOX.RECORD_OFFSET,
                        INBOX.RUN_ID,
                        INBOX.STARTED_ON,
                        INBOX.RECEIVED_ON)
                .values((String) null, null, null, null, null, null, null)
                .onConflictDoNothing());
        int rows = 0;
        for (int i = 0; i < starts.size(); i++) {
            Optional<RunRef> run = runOf(runs.get(i));
            if (run.isPresent()) {
                batch = batch.bind(
                        source.trigger(),
                        source.topicId(),
                        source.partition(),
                        starts.get(i).record().offset(),
                        run.get().runId(),
                        run.get().startedOn(),
                        today);
                rows++;
            }
        }
        if (rows > 0) {
            batch.execute();
        }
    }

    private static Optional<RunRef> runOf(Accepted accepted) {
        return switch (accepted) {
            case Accepted.New(RunRef run) -> Optional.of(run);
            case Accepted.Same(RunRef run) -> Optional.of(run);
            case Accepted.Conflict ignored -> Optional.empty();
            case Accepted.KeyConflict ignored -> Optional.empty();
            case Accepted.LedgerRestored ignored -> Optional.empty();
        };
    }
}
