package io.reprise.activities.stream;

import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.Sessions;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.TableName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Up to where a stream has loaded the partitions of a log, as the database of its tables says. */
public final class Checkpoints {

    private static final String WHERE = " where stream = ? and topic_id = ? and log = ?";
    private static final String FIND = """
            select partition, first_offset, next_offset, leader_epoch, last_offset, last_digest, event_micros, cluster_id
            from reprise_kit.stream_checkpoint""" + WHERE;
    private static final String WHERE_OLDER = " where stream = ? and topic_id = ? and log < ?";
    private static final String CLOSE_OLDER = """
            update reprise_kit.stream_checkpoint set closed_at = coalesce(closed_at, ?)
            where stream = ? and topic_id = ? and log < ? and partition = any (?)""";
    private static final String BEGIN = """
            insert into reprise_kit.stream_checkpoint
                (stream, topic_id, log, partition, cluster_id, topic, first_offset, next_offset, updated_at)
            select ?, ?, ?, n.partition, ?, ?, n.place, n.place, ?
            from unnest(?::int[], ?::bigint[]) as n (partition, place) on conflict do nothing""";

    private final Sessions sessions;
    private final StreamTarget target;
    private final Clock clock;

    public Checkpoints(Sessions sessions, StreamTarget target, Clock clock) {
        this.sessions = sessions;
        this.target = target;
        this.clock = clock;
    }

    /** The table of which they speak. */
    public TableName table() {
        return target.raw();
    }

    /** By partition; those that were never loaded are missing. */
    public Map<Integer, Checkpoint> all() throws SQLException {
        Map<Integer, Checkpoint> found = new TreeMap<>();
        try (Connection open = sessions.getConnection();
                PreparedStatement find = open.prepareStatement(FIND)) {
            bindLog(find, 1);
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    refuseOtherCluster(rows.getString("cluster_id"));
                    found.put(rows.getInt("partition"), checkpoint(rows));
                }
            }
            if (!open.getAutoCommit()) {
                open.rollback();
            }
        }
        return found;
    }

    /** Whether the stream has never been in any log of any topic. */
    public boolean isNew() throws SQLException {
        return !exists("where stream = ?", find -> find.setString(1, target.stream()));
    }

    /** Makes the checkpoints of partitions in which this log is new, but for those that somebody made just now. */
    public void begin(Map<Integer, Long> places) throws SQLException {
        StreamLog log = target.log();
        run(new Pipeline()
                .add(CLOSE_OLDER, (statement, from) -> bindOlder(statement, from, places.keySet()))
                .add(BEGIN, (statement, from) -> {
                    int index = from;
                    statement.setString(index++, target.stream());
                    statement.setObject(index++, id(log));
                    statement.setShort(index++, (short) log.number());
                    statement.setString(index++, log.clusterId());
                    statement.setString(index++, log.topic());
                    statement.setObject(index++, now());
                    statement.setArray(index++, array(statement, "int4", places.keySet()));
                    statement.setArray(index++, array(statement, "int8", places.values()));
                    return index;
                }));
    }

    private int bindOlder(PreparedStatement statement, int from, Set<Integer> partitions) throws SQLException {
        int index = from;
        statement.setObject(index++, now());
        statement.setString(index++, target.stream());
        statement.setObject(index++, id(target.log()));
        statement.setShort(index++, (short) target.log().number());
        statement.setArray(index++, array(statement, "int4", partitions));
        return index;
    }

    private static Array array(PreparedStatement statement, String type, Collection<?> values) throws SQLException {
        return statement.getConnection().createArrayOf(type, values.toArray());
    }

    /** Whether the stream was in this partition of the topic while an earlier log counted. */
    public boolean wasBefore(int partition) throws SQLException {
        return exists(WHERE_OLDER + " and partition = ?", find -> {
            bindLog(find, 1);
            find.setInt(4, partition);
        });
    }

    /** Fills in the places of a statement. */
    @FunctionalInterface
    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private boolean exists(String where, Binding binding) throws SQLException {
        try (Connection open = sessions.getConnection();
                PreparedStatement find =
                        open.prepareStatement("select 1 from reprise_kit.stream_checkpoint " + where + " limit 1")) {
            binding.bind(find);
            try (ResultSet rows = find.executeQuery()) {
                boolean found = rows.next();
                if (!open.getAutoCommit()) {
                    open.rollback();
                }
                return found;
            }
        }
    }

    /** Which log of the topic its tables were loaded from last, as far as they tell. */
    public int newestLog() throws SQLException {
        try (Connection open = sessions.getConnection();
                PreparedStatement find = open.prepareStatement("select coalesce(max(log), 1) from"
                        + " reprise_kit.stream_checkpoint where stream = ? and topic_id = ?")) {
            find.setString(1, target.stream());
            find.setObject(2, id(target.log()));
            try (ResultSet rows = find.executeQuery()) {
                rows.next();
                int newest = rows.getInt(1);
                if (!open.getAutoCommit()) {
                    open.rollback();
                }
                return newest;
            }
        }
    }

    /** Makes the checkpoint of a partition as it stands for the newest log before: this partition's log is the same one. */
    public void beginAsBefore(int partition) throws SQLException {
        StreamLog log = target.log();
        run(new Pipeline()
                .add(CLOSE_OLDER, (statement, from) -> bindOlder(statement, from, Set.of(partition)))
                .add("""
                insert into reprise_kit.stream_checkpoint
                    (stream, topic_id, log, partition, cluster_id, topic, first_offset, next_offset, leader_epoch,
                     last_offset, last_digest, event_micros, updated_at)
                select stream, topic_id, ?, partition, cluster_id, topic, next_offset, next_offset, leader_epoch,
                       last_offset, last_digest, event_micros, ?
                from reprise_kit.stream_checkpoint
                where stream = ? and topic_id = ? and log < ? and partition = ?
                order by log desc limit 1 on conflict do nothing""", (short) log.number(), now(), target.stream(), id(log), (short) log.number(), partition));
    }

    /**
     * The offset behind the last row of each partition whose checkpoint lies before rows that the table has: such a checkpoint
     * is older than the table. Both are looked at in one moment.
     */
    public Map<Integer, Long> behindTheTable() throws SQLException {
        String beyond = """
                select c.partition, max(r.k_off) + 1 from reprise_kit.stream_checkpoint c
                join %s r on r.k_topic = c.topic_id and r.k_log = c.log and r.k_part = c.partition
                    and r.k_off >= c.next_offset
                where c.stream = ? and c.topic_id = ? and c.log = ? group by c.partition""".formatted(SqlDialect.POSTGRESQL.quote(target.raw()));
        Map<Integer, Long> found = new TreeMap<>();
        try (Connection open = sessions.getConnection();
                PreparedStatement find = open.prepareStatement(beyond)) {
            bindLog(find, 1);
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getInt(1), rows.getLong(2));
                }
            }
            if (!open.getAutoCommit()) {
                open.rollback();
            }
        }
        return found;
    }

    /** Goes past what Kafka deleted before it was loaded, and remembers how much. Answers whether nobody did so before. */
    public boolean lose(int partition, long from, long to) throws SQLException {
        return run(new Pipeline()
                        .add(
                                """
                        update reprise_kit.stream_checkpoint
                        set next_offset = ?, lost_offsets = lost_offsets + ?, last_offset = null, last_digest = null,
                            updated_at = ?
                        where stream = ? and topic_id = ? and log = ? and partition = ? and next_offset = ?""",
                                to,
                                to - from,
                                now(),
                                target.stream(),
                                id(target.log()),
                                (short) target.log().number(),
                                partition,
                                from))
                == 1;
    }

    /** Moves a checkpoint that an operator let go on behind the table's last row. */
    public void goOnBehindTheTable(int partition, long next) throws SQLException {
        run(new Pipeline()
                .add(
                        """
                update reprise_kit.stream_checkpoint
                set next_offset = ?, last_offset = null, last_digest = null, updated_at = ?
                where stream = ? and topic_id = ? and log = ? and partition = ? and next_offset < ?""",
                        next,
                        now(),
                        target.stream(),
                        id(target.log()),
                        (short) target.log().number(),
                        partition,
                        next));
    }

    /** In one transaction; answers what the last statement changed. */
    private int run(Pipeline pipeline) throws SQLException {
        try (Connection open = sessions.getConnection()) {
            open.setAutoCommit(false);
            try {
                int changed =
                        pipeline.run(SqlDialect.POSTGRESQL, open).getLast().count();
                open.commit();
                return changed;
            } catch (SQLException failed) {
                open.rollback();
                throw failed;
            }
        }
    }

    private void bindLog(PreparedStatement statement, int from) throws SQLException {
        statement.setString(from, target.stream());
        statement.setObject(from + 1, id(target.log()));
        statement.setShort(from + 2, (short) target.log().number());
    }

    private void refuseOtherCluster(String found) {
        if (!found.equals(target.log().clusterId())) {
            throw new OtherCluster("cannot load " + target.stream() + ": its checkpoint is of Kafka cluster " + found
                    + ", and this one is " + target.log().clusterId()
                    + " (expected: the cluster that was loaded so far; a cluster that took its place is another log)");
        }
    }

    private static Checkpoint checkpoint(ResultSet row) throws SQLException {
        int epoch = row.getInt("leader_epoch");
        OptionalInt leaderEpoch = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(epoch);
        long lastOffset = row.getLong("last_offset");
        Optional<Checkpoint.Last> last = row.wasNull()
                ? Optional.empty()
                : Optional.of(new Checkpoint.Last(lastOffset, row.getString("last_digest")));
        long micros = row.getLong("event_micros");
        return new Checkpoint(
                row.getInt("partition"),
                row.getLong("first_offset"),
                row.getLong("next_offset"),
                leaderEpoch,
                last,
                row.wasNull() ? RecordRows.NO_WATERMARK : micros);
    }

    static UUID id(StreamLog log) {
        return new UUID(log.topicId().getMostSignificantBits(), log.topicId().getLeastSignificantBits());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
