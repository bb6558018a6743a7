package io.reprise.activities.stream;

import io.reprise.activities.contract.SchemaSource;
import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.Sessions;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Loads dead letters after all, by the same reading as their records had at first. The row, and what was counted, change in one
 * transaction that also marks the letter: of two that replay it, one finds the mark.
 */
public final class LetterReplay {

    private static final String FIND = """
            select next_offset, event_micros from reprise_kit.stream_checkpoint
            where stream = ? and topic_id = ? and log = ? and partition = ?""";
    private static final String MARK = """
            insert into reprise_kit.stream_replay (stream, topic_id, log, partition, record_offset, replayed_at)
            values (?, ?, ?, ?, ?, ?) on conflict do nothing""";
    private static final String NO_LONGER_DEAD = """
            update reprise_kit.stream_count set dead = dead - 1, replayed = replayed + 1
            where stream = ? and topic_id = ? and log = ? and partition = ? and day = date '1970-01-01' + ? and dead > 0""";

    private final Sessions sessions;
    private final StreamTarget target;
    private final RowCopy rows;
    private final RecordRows reading;
    private final Clock clock;

    /** @param target with the log that the letters name */
    public LetterReplay(Sessions sessions, StreamTarget target, SchemaSource schemas, Clock clock) {
        this.sessions = sessions;
        this.target = target;
        this.rows = new RowCopy(target);
        this.reading = new RecordRows(target, schemas, Duration.ZERO, clock);
        this.clock = clock;
    }

    /**
     * Loads one.
     *
     * @param code what ailed it
     * @throws SQLException where the database does not answer
     */
    public Replayed replay(ConsumerRecord<byte[], byte[]> record, String code) throws SQLException {
        try (Connection open = sessions.getConnection()) {
            open.setAutoCommit(false);
            try {
                Optional<Reach> reached = reached(open, record.partition());
                open.rollback();
                Replayed replayed = replay(open, record, code, reached);
                if (replayed instanceof Replayed.Done) {
                    open.commit();
                } else {
                    open.rollback();
                }
                return replayed;
            } catch (SQLException refused) {
                open.rollback();
                if (Refusals.isTheDatasFault(refused)) {
                    return new Replayed.StillDead(Refusals.ailment(refused).getMessage());
                }
                throw refused;
            }
        }
    }

    /** It is read before anything is locked: whoever knows its schema may be slow. */
    private Replayed replay(
            Connection open, ConsumerRecord<byte[], byte[]> record, String code, Optional<Reach> reached)
            throws SQLException {
        if (reached.filter(reach -> reach.next() > record.offset()).isEmpty()) {
            return new Replayed.NotYet("the stream has not gone past offset " + record.offset() + " yet");
        }
        Batch batch = new Batch();
        Filled filled = reading.fill(
                batch, List.of(record), new Reach(record.offset(), reached.get().watermark()));
        if (filled.hindrance().isPresent()) {
            return new Replayed.NotYet(filled.hindrance().get().words());
        }
        Line line = batch.lastLine();
        Unloadable ailment = line.ailment();
        if (ailment != null) {
            return new Replayed.StillDead(ailment.getMessage());
        }
        if (line.fate() == Fate.DROPPED) {
            return new Replayed.StillDead(
                    "its day is complete, and the stream drops late records (late: drop-counted)");
        }
        return load(open, batch, line, code);
    }

    private Replayed load(Connection open, Batch batch, Line line, String code) throws SQLException {
        new Pipeline().add(StreamLoader.LIMITS).run(SqlDialect.POSTGRESQL, open);
        ConsumerRecord<byte[], byte[]> record = line.record();
        if (!mark(open, record) || isThere(open, target.raw(), record) || isThere(open, target.aside(), record)) {
            return new Replayed.WasThere();
        }
        if (!takeFromTheDead(open, record.partition(), dayOf(line, code))) {
            return new Replayed.StillDead("found no dead record of its day in the counts of partition "
                    + record.partition() + " (expected: the one that this letter stands for)");
        }
        rows.copy(open, Slice.of(batch));
        Counts.of(batch.lines(), false).add(open, target, now());
        return new Replayed.Done();
    }

    /** Answers whether nobody did so before: of two at once, the second waits for what becomes of the first. */
    private boolean mark(Connection open, ConsumerRecord<byte[], byte[]> record) throws SQLException {
        try (PreparedStatement mark = open.prepareStatement(MARK)) {
            bind(mark, record.partition());
            mark.setLong(5, record.offset());
            mark.setObject(6, now());
            return mark.executeUpdate() == 1;
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** For which day a dead record counts: one that could not be read has no other time than Kafka's. */
    static int dayOf(Line line, String code) {
        return code.equals(Refusals.CODE) ? line.day() : RecordRows.day(RawRow.micros(line.record()));
    }

    private Optional<Reach> reached(Connection open, int partition) throws SQLException {
        try (PreparedStatement find = open.prepareStatement(FIND)) {
            bind(find, partition);
            try (ResultSet found = find.executeQuery()) {
                if (!found.next()) {
                    return Optional.empty();
                }
                long watermark = found.getLong(2);
                return Optional.of(new Reach(found.getLong(1), found.wasNull() ? RecordRows.NO_WATERMARK : watermark));
            }
        }
    }

    private boolean takeFromTheDead(Connection open, int partition, int day) throws SQLException {
        try (PreparedStatement take = open.prepareStatement(NO_LONGER_DEAD)) {
            bind(take, partition);
            take.setInt(5, day);
            return take.executeUpdate() == 1;
        }
    }

    private void bind(PreparedStatement statement, int partition) throws SQLException {
        statement.setString(1, target.stream());
        statement.setObject(2, Checkpoints.id(target.log()));
        statement.setShort(3, (short) target.log().number());
        statement.setInt(4, partition);
    }

    private boolean isThere(Connection open, TableName table, ConsumerRecord<byte[], byte[]> record)
            throws SQLException {
        String query = "select 1 from " + SqlDialect.POSTGRESQL.quote(table)
                + " where k_topic = ? and k_log = ? and k_part = ? and k_off = ? limit 1";
        try (PreparedStatement find = open.prepareStatement(query)) {
            find.setObject(1, Checkpoints.id(target.log()));
            find.setShort(2, (short) target.log().number());
            find.setInt(3, record.partition());
            find.setLong(4, record.offset());
            try (ResultSet found = find.executeQuery()) {
                return found.next();
            }
        }
    }
}
