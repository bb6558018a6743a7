package io.reprise.db.deadletter;

import static io.reprise.db.ledger.Tables.DEAD_LETTER;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.sum;

import io.reprise.db.run.Acceptance;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.RunRef;
import io.reprise.db.shared.Page;
import io.reprise.db.shared.PageRequest;
import io.reprise.db.shared.Storable;
import io.reprise.db.shared.Ulid;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Records;

/** Records that could not become runs: listed, grouped by what ails them, replayed, or discarded with a reason. */
public final class DeadLetters {

    private static final String STREAMS = "stream/";

    private final DSLContext sql;
    private final Clock clock;
    private final RandomGenerator chance;
    private final Acceptance acceptance;

    public DeadLetters(DSLContext sql, Clock clock, RandomGenerator chance, Acceptance acceptance) {
        this.sql = sql;
        this.acceptance = acceptance;
        this.clock = clock;
        this.chance = chance;
    }

    /** Writes dead letters whose source lies in another database: before that moves past them, and however often it tries. */
    public void keep(String source, Map<SourceRecord, Cause> letters) {
        sql.transaction(all -> write(all.dsl(), source, letters));
    }

    /** Writes dead letters inside the transaction that moves past their records. */
    public void write(DSLContext open, String trigger, Map<SourceRecord, Cause> letters) {
        if (letters.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        open.batch(letters.entrySet().stream()
                        .map(letter -> DeadLetterRow.insert(
                                open, Ulid.at(now, chance), trigger, letter.getKey(), letter.getValue(), now))
                        .toList())
                .execute();
    }

    /**
     * Forgets letters that were replayed or discarded before that; answers how many. Of those that a stream discarded only the
     * bytes go: they remain a term of its balance.
     */
    public int forgetResolved(Instant before) {
        Condition isCounted =
                DEAD_LETTER.TRIGGER.startsWith(STREAMS).and(DEAD_LETTER.STATUS.eq(DeadLetter.Status.DISCARDED.name()));
        int emptied = sql.update(DEAD_LETTER)
                .setNull(DEAD_LETTER.RECORD_KEY)
                .setNull(DEAD_LETTER.RECORD_VALUE)
                .set(DEAD_LETTER.HEADERS, JSONB.jsonb("[]"))
                .where(DEAD_LETTER.RESOLVED_AT.lt(before))
                .and(isCounted)
                .and(DEAD_LETTER.RECORD_VALUE.isNotNull())
                .execute();
        return emptied
                + sql.deleteFrom(DEAD_LETTER)
                        .where(DEAD_LETTER.RESOLVED_AT.lt(before))
                        .andNot(isCounted)
                        .execute();
    }

    /** Newest first. */
    public Page<ListedLetter> page(DeadLetterFilter filter, PageRequest request) {
        return request.of(
                sql.select(DeadLetterRow.listed())
                        .from(DEAD_LETTER)
                        .where(DEAD_LETTER.SEQ.lt(request.below()))
                        .and(matching(filter))
                        .orderBy(DEAD_LETTER.SEQ.desc())
                        .limit(request.probe())
                        .fetch(DeadLetterRow::listedLetter),
                listed -> listed.letter().seq());
    }

    /** The same with all of their bytes. */
    public Page<DeadLetter> wholePage(DeadLetterFilter filter, PageRequest request) {
        return request.of(
                sql.selectFrom(DEAD_LETTER)
                        .where(DEAD_LETTER.SEQ.lt(request.below()))
                        .and(matching(filter))
                        .orderBy(DEAD_LETTER.SEQ.desc())
                        .limit(request.probe())
                        .fetch(DeadLetterRow::letter),
                DeadLetter::seq);
    }

    /** Open ones that fail alike: those first that were tried least often, and the oldest of them. */
    public List<String> openIds(Optional<String> trigger, String fingerprint, int most) {
        return sql.select(DEAD_LETTER.DEAD_LETTER_ID)
                .from(DEAD_LETTER)
                .where(DEAD_LETTER.FINGERPRINT.eq(fingerprint))
                .and(DEAD_LETTER.STATUS.eq(DeadLetter.Status.OPEN.name()))
                .and(trigger.map(DEAD_LETTER.TRIGGER::eq).orElse(noCondition()))
                .orderBy(DEAD_LETTER.ATTEMPTS, DEAD_LETTER.SEQ)
                .limit(most)
                .fetch(DEAD_LETTER.DEAD_LETTER_ID);
    }

    private static Condition matching(DeadLetterFilter filter) {
        return noCondition()
                .and(filter.status().map(it -> DEAD_LETTER.STATUS.eq(it.name())).orElse(noCondition()))
                .and(filter.trigger().map(DEAD_LETTER.TRIGGER::eq).orElse(noCondition()))
                .and(filter.fingerprint().map(DEAD_LETTER.FINGERPRINT::eq).orElse(noCondition()));
    }

    public Optional<DeadLetter> byId(String deadLetterId) {
        return sql.selectFrom(DEAD_LETTER)
                .where(DEAD_LETTER.DEAD_LETTER_ID.eq(deadLetterId))
                .fetchOptional(DeadLetterRow::letter);
    }

    /** Open ones, counted by what ails them, the most frequent first. */
    public List<DeadLetterGroup> groups() {
        return sql.select(
                        DEAD_LETTER.TRIGGER,
                        DEAD_LETTER.CODE,
                        DEAD_LETTER.FINGERPRINT,
                        count(),
                        sum(DEAD_LETTER.ATTEMPTS).cast(Long.class),
                        min(DEAD_LETTER.CREATED_AT),
                        max(DEAD_LETTER.CREATED_AT),
                        max(DEAD_LETTER.MESSAGE))
                .from(DEAD_LETTER)
                .where(DEAD_LETTER.STATUS.eq(DeadLetter.Status.OPEN.name()))
                .groupBy(DEAD_LETTER.TRIGGER, DEAD_LETTER.CODE, DEAD_LETTER.FINGERPRINT)
                .orderBy(count().desc(), DEAD_LETTER.FINGERPRINT)
                .limit(Page.MOST)
                .fetch(Records.mapping(DeadLetterGroup::new));
    }

    public int open() {
        return sql.fetchCount(
                sql.selectOne().from(DEAD_LETTER).where(DEAD_LETTER.STATUS.eq(DeadLetter.Status.OPEN.name())));
    }

    /**
     * Accepts the run that the record stands for and closes the letter, both or neither. Of two that try at once, one finds
     * it closed.
     */
    public Resolved replay(String deadLetterId, NewRun run, String actor) {
        return sql.transactionResult(both -> {
            Optional<DeadLetter> locked = locked(both.dsl(), deadLetterId);
            if (locked.isEmpty()) {
                return new Resolved.NotFound(deadLetterId);
            }
            if (locked.get().status() != DeadLetter.Status.OPEN) {
                return new Resolved.NotOpen(locked.get());
            }
            Accepted accepted = acceptance.join(both.dsl(), run);
            return switch (accepted) {
                case Accepted.New(RunRef ref) ->
                    new Resolved.Replayed(close(both.dsl(), deadLetterId, ref, actor), accepted);
                case Accepted.Same(RunRef ref) ->
                    new Resolved.Replayed(close(both.dsl(), deadLetterId, ref, actor), accepted);
                case Accepted.Conflict ignored -> new Resolved.StillOpen(attempted(both.dsl(), deadLetterId), accepted);
                case Accepted.KeyConflict ignored ->
                    new Resolved.StillOpen(attempted(both.dsl(), deadLetterId), accepted);
                case Accepted.LedgerRestored ignored -> new Resolved.StillOpen(locked.get(), accepted);
            };
        });
    }

    /** Counts a replay that could not even be read. */
    public void attempted(String deadLetterId) {
        attempted(sql, deadLetterId);
    }

    /** Asks the worker that reads the letter's source to replay it. Answers whether it is open. */
    public boolean ask(String deadLetterId, String actor) {
        return sql.update(DEAD_LETTER)
                        .set(DEAD_LETTER.ASKED_AT, clock.instant())
                        .set(DEAD_LETTER.ASKED_BY, actor)
                        .where(DEAD_LETTER.DEAD_LETTER_ID.eq(deadLetterId))
                        .and(DEAD_LETTER.STATUS.eq(DeadLetter.Status.OPEN.name()))
                        .execute()
                == 1;
    }

    /** What was asked of these sources, the oldest first. */
    public List<AskedReplay> asked(Collection<String> sources, int most) {
        return sql.selectFrom(DEAD_LETTER)
                .where(DEAD_LETTER.ASKED_AT.isNotNull())
                .and(DEAD_LETTER.STATUS.eq(DeadLetter.Status.OPEN.name()))
                .and(DEAD_LETTER.TRIGGER.in(sources))
                .orderBy(DEAD_LETTER.ASKED_AT, DEAD_LETTER.SEQ)
                .limit(most)
                .fetch(row -> new AskedReplay(DeadLetterRow.letter(row), row.get(DEAD_LETTER.ASKED_BY)));
    }

    /** Tells of every letter of a source that was not replayed, the oldest first, without holding all of them. */
    public void eachUnreplayed(String source, Consumer<DeadLetter> listener) {
        sql.transaction(all -> {
            try (Cursor<? extends Record> letters = all.dsl()
                    .selectFrom(DEAD_LETTER)
                    .where(DEAD_LETTER.TRIGGER.eq(source))
                    .and(DEAD_LETTER.STATUS.ne(DeadLetter.Status.REPLAYED.name()))
                    .orderBy(DEAD_LETTER.SEQ)
                    .fetchSize(200)
                    .fetchLazy()) {
                letters.forEach(row -> listener.accept(DeadLetterRow.letter(row)));
            }
        });
    }

    /** Tells whoever asked why it stays open. */
    public void stillOpen(String deadLetterId, String words) {
        sql.update(DEAD_LETTER)
                .set(DEAD_LETTER.MESSAGE, Storable.text(words))
                .setNull(DEAD_LETTER.ASKED_AT)
                .where(DEAD_LETTER.DEAD_LETTER_ID.eq(deadLetterId))
                .and(DEAD_LETTER.STATUS.eq(DeadLetter.Status.OPEN.name()))
                .execute();
    }

    /** Closes a letter whose record is where it belongs, whatever else was decided meanwhile. Answers whether it was open. */
    public boolean replayed(String deadLetterId, String actor) {
        return sql.update(DEAD_LETTER)
                        .set(DEAD_LETTER.STATUS, DeadLetter.Status.REPLAYED.name())
                        .set(DEAD_LETTER.RESOLVED_AT, clock.instant())
                        .set(DEAD_LETTER.RESOLVED_BY, actor)
                        .where(DEAD_LETTER.DEAD_LETTER_ID.eq(deadLetterId))
                        .and(DEAD_LETTER.STATUS.ne(DeadLetter.Status.REPLAYED.name()))
                        .execute()
                == 1;
    }

    public Resolved discard(String deadLetterId, String reason, String actor) {
        return sql.transactionResult(both -> {
            Optional<DeadLetter> locked = locked(both.dsl(), deadLetterId);
            if (locked.isEmpty()) {
                return new Resolved.NotFound(deadLetterId);
            }
            if (locked.get().status() != DeadLetter.Status.OPEN) {
                return new Resolved.NotOpen(locked.get());
            }
            return new Resolved.Discarded(both.dsl()
                    .update(DEAD_LETTER)
                    .set(DEAD_LETTER.STATUS, DeadLetter.Status.DISCARDED.name())
                    .set(DEAD_LETTER.REASON, reason)
                    .set(DEAD_LETTER.RESOLVED_AT, clock.instant())
                    .set(DEAD_LETTER.RESOLVED_BY, actor)
                    .where(DEAD_LETTER.DEAD_LETTER_ID.eq(deadLetterId))
                    .returning()
                    .fetchSingle(DeadLetterRow::letter));
        });
    }

    private static Optional<DeadLetter> locked(DSLContext open, String deadLetterId) {
        return open.selectFrom(DEAD_LETTER)
                .where(DEAD_LETTER.DEAD_LETTER_ID.eq(deadLetterId))
                .forUpdate()
                .fetchOptional(DeadLetterRow::letter);
    }

    private DeadLetter close(DSLContext open, String deadLetterId, RunRef run, String actor) {
        return open.update(DEAD_LETTER)
                .set(DEAD_LETTER.STATUS, DeadLetter.Status.REPLAYED.name())
                .set(DEAD_LETTER.RUN_ID, run.runId())
                .set(DEAD_LETTER.RESOLVED_AT, clock.instant())
                .set(DEAD_LETTER.RESOLVED_BY, actor)
                .where(DEAD_LETTER.DEAD_LETTER_ID.eq(deadLetterId))
                .returning()
                .fetchSingle(DeadLetterRow::letter);
    }

    private static DeadLetter attempted(DSLContext open, String deadLetterId) {
        return open.update(DEAD_LETTER)
                .set(DEAD_LETTER.ATTEMPTS, DEAD_LETTER.ATTEMPTS.plus(1))
                .where(DEAD_LETTER.DEAD_LETTER_ID.eq(deadLetterId))
                .returning()
                .fetchSingle(DeadLetterRow::letter);
    }
}
