package io.reprise.activities.stream;

import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.Sessions;
import io.reprise.activities.sql.StatementResult;
import io.reprise.activities.stream.DeadLetterDoor.Letter;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.db.shared.ContentDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Loads batches. Rows, counts and checkpoints are one transaction, and each checkpoint moves by compare-and-set: of two that
 * believe they own a partition one loses, and a batch that is loaded again changes nothing.
 *
 * <p>A batch that the database refuses is halved until the record to blame stands alone. Dead letters are kept before the
 * checkpoint moves past their records.
 */
public final class StreamLoader {

    static final String LIMITS = """
            select set_config('statement_timeout', '60s', true), set_config('idle_in_transaction_session_timeout', '60s', true)""";
    private static final String MOVE = """
            update reprise_kit.stream_checkpoint
            set next_offset = ?, leader_epoch = coalesce(?, leader_epoch), last_offset = coalesce(?, last_offset),
                last_digest = coalesce(?, last_digest), event_micros = ?, updated_at = ?
            where stream = ? and topic_id = ? and log = ? and partition = ? and next_offset = ? and cluster_id = ?
                and closed_at is null""";
    private static final int SMALL = 1_000;

    private final Sessions sessions;
    private final StreamTarget target;
    private final DeadLetterDoor letters;
    private final StormWatch storms;
    private final Clock clock;
    private final RowCopy rows;

    /** @param calmUntil up to when no storm stops it, because somebody looked at the last one and let it go on */
    public StreamLoader(
            Sessions sessions,
            StreamTarget target,
            DeadLetterDoor letters,
            StormRule storms,
            Instant calmUntil,
            Clock clock) {
        this.sessions = sessions;
        this.target = target;
        this.letters = letters;
        this.storms = new StormWatch(storms, calmUntil, clock);
        this.clock = clock;
        this.rows = new RowCopy(target);
    }

    /**
     * Loads all of a batch. Where it throws, part of it may have been loaded: ask the checkpoints where to go on.
     *
     * @throws SQLException where the database does not answer, or refuses for a reason that is no record's
     */
    public Loaded load(Batch batch) throws SQLException {
        Slice all = Slice.of(batch);
        long dead =
                all.lines().stream().filter(line -> line.fate() == Fate.DEAD).count();
        Optional<String> storm = storms.judge(all.size(), dead);
        return storm.isPresent() ? new Loaded.Storm(storm.get()) : load(all);
    }

    private Loaded load(Slice slice) throws SQLException {
        try {
            return load(slice, dead(slice));
        } catch (SQLException refused) {
            if (slice.size() == 1 && Refusals.isTheDatasFault(refused)) {
                return bury(slice, refused);
            }
            if (slice.size() > mayStandTogether(refused)) {
                return halve(slice);
            }
            throw refused;
        }
    }

    /** More records than that may go through in parts, where all of them were refused for this reason. */
    private static int mayStandTogether(SQLException refused) {
        if (Refusals.isTheDatasFault(refused)) {
            return 1;
        }
        return Refusals.isTooSlow(refused) ? SMALL : Integer.MAX_VALUE;
    }

    private Loaded halve(Slice slice) throws SQLException {
        Loaded first = load(slice.firstHalf());
        if (!(first instanceof Loaded.Done(int before))) {
            return first;
        }
        Loaded second = load(slice.secondHalf());
        return second instanceof Loaded.Done(int after) ? new Loaded.Done(before + after) : second;
    }

    private Loaded bury(Slice slice, SQLException refused) throws SQLException {
        Optional<String> storm = storms.judge(1, 1);
        if (storm.isPresent()) {
            return new Loaded.Storm(storm.get());
        }
        return load(slice, List.of(letter(slice.lines().getFirst().dead(Refusals.ailment(refused)))));
    }

    private static List<Letter> dead(Slice slice) {
        return slice.lines().stream()
                .filter(line -> line.fate() == Fate.DEAD)
                .map(StreamLoader::letter)
                .toList();
    }

    private static Letter letter(Line line) {
        Unloadable ailment = line.ailment();
        if (ailment == null) {
            throw new IllegalStateException("record " + line.record().offset() + " is dead of nothing");
        }
        return new Letter(line.record(), ailment.code(), ailment.getMessage(), ailment.fingerprint());
    }

    private Loaded load(Slice slice, List<Letter> dead) throws SQLException {
        if (!dead.isEmpty()) {
            letters.keep(dead);
        }
        boolean nothingElse = dead.size() == slice.size();
        try (Connection open = sessions.getConnection()) {
            open.setAutoCommit(false);
            try {
                Optional<String> stale = move(open, slice.moves());
                if (stale.isPresent()) {
                    open.rollback();
                    return new Loaded.Stale(stale.get());
                }
                if (!nothingElse) {
                    rows.copy(open, slice);
                }
                Counts.of(slice.lines(), nothingElse).add(open, target, now());
                open.commit();
                storms.count(slice.size(), dead.size());
                return new Loaded.Done(dead.size());
            } catch (SQLException | RuntimeException failed) {
                rollBack(open, failed);
                throw failed;
            }
        }
    }

    private Optional<String> move(Connection open, List<Move> moves) throws SQLException {
        Pipeline pipeline = new Pipeline().add(LIMITS);
        moves.forEach(move -> add(pipeline, move));
        List<StatementResult> results = pipeline.run(SqlDialect.POSTGRESQL, open);
        for (int n = 0; n < moves.size(); n++) {
            if (results.get(n + 1).count() != 1) {
                Move move = moves.get(n);
                return Optional.of("partition " + move.partition() + " is not at offset " + move.from() + " any more");
            }
        }
        return Optional.empty();
    }

    private void add(Pipeline pipeline, Move move) {
        Optional<ConsumerRecord<byte[], byte[]>> last = move.lastLine().map(Line::record);
        pipeline.add(MOVE, (statement, from) -> {
            int index = from;
            statement.setLong(index++, move.next());
            statement.setObject(
                    index++, last.flatMap(ConsumerRecord::leaderEpoch).orElse(null), Types.INTEGER);
            statement.setObject(index++, last.map(ConsumerRecord::offset).orElse(null), Types.BIGINT);
            statement.setString(index++, last.map(StreamLoader::digest).orElse(null));
            Long watermark = move.watermark() == RecordRows.NO_WATERMARK ? null : move.watermark();
            statement.setObject(index++, watermark, Types.BIGINT);
            statement.setObject(index++, now());
            statement.setString(index++, target.stream());
            statement.setObject(index++, Checkpoints.id(target.log()));
            statement.setShort(index++, (short) target.log().number());
            statement.setInt(index++, move.partition());
            statement.setLong(index++, move.from());
            statement.setString(index++, target.log().clusterId());
            return index;
        });
    }

    private static void rollBack(Connection open, Exception failed) {
        try {
            open.rollback();
        } catch (SQLException gone) {
            failed.addSuppressed(gone);
        }
    }

    /** What tells a record from another one at its offset. */
    public static String digest(ConsumerRecord<byte[], byte[]> record) {
        return ContentDigest.of(record.timestamp(), record.key(), record.value());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
