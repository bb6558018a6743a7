package io.reprise.worker.outbox;

import static java.util.stream.Collectors.groupingBy;

import io.reprise.worker.shared.BackOff;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The rows of the outbox, as the relay reads and settles them. */
final class OutboxRows {

    // Within a key, ids grow with versions: both are allocated under the lock of the key's own row.
    private static final String PENDING = """
            select o.id, o.shard, o.topic, o.key, o.version, o.event_id, o.payload, o.attempts
            from unnest(?::smallint[]) as claimed(shard)
            cross join lateral (
                select * from reprise_kit.outbox
                where outbox.shard = claimed.shard
                  and not exists (
                      select from reprise_kit.outbox as blocked
                      where blocked.shard = claimed.shard
                        and blocked.key = outbox.key
                        and blocked.id <= outbox.id
                        and blocked.blocked_until > clock_timestamp())
                order by outbox.id
                limit ?) as o
            order by o.shard, o.id""";

    private static final String SENT = "delete from reprise_kit.outbox where shard = ? and id = any(?)";

    private static final String BLOCK = """
            update reprise_kit.outbox
            set attempts = attempts + 1,
                last_error = ?,
                blocked_until = clock_timestamp() + ? * interval '1 millisecond'
            where shard = ? and id = ?""";

    private static final String NOTE = "update reprise_kit.outbox set last_error = ? where shard = ? and id = any(?)";

    private static final String WAITING = """
            select (select count(*) from (select from reprise_kit.outbox limit ?) as capped),
                (select count(distinct key)
                 from (select key from reprise_kit.outbox where blocked_until is not null limit ?) as blocked)""";

    /** How much waits in the whole outbox; at the most that was counted, it may be more. */
    record Waiting(long rows, long blockedKeys) {}

    private final DataSource database;

    OutboxRows(DataSource database) {
        this.database = database;
    }

    /** What may be sent now, oldest first, by shard: nothing of a key whose oldest row failed a moment ago. */
    Map<Integer, List<OutboxRow>> pending(Collection<Integer> shards, int mostOfEach) throws SQLException {
        if (shards.isEmpty()) {
            return Map.of();
        }
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(PENDING)) {
            statement.setArray(1, connection.createArrayOf("smallint", shards.toArray(Integer[]::new)));
            statement.setInt(2, mostOfEach);
            try (ResultSet found = statement.executeQuery()) {
                List<OutboxRow> rows = new ArrayList<>();
                while (found.next()) {
                    rows.add(new OutboxRow(
                            found.getLong(1),
                            found.getInt(2),
                            found.getString(3),
                            found.getString(4),
                            found.getLong(5),
                            found.getString(6),
                            found.getString(7),
                            found.getInt(8)));
                }
                return rows.stream().collect(groupingBy(OutboxRow::shard));
            }
        }
    }

    /** Forgets what the broker has acknowledged. */
    void sent(int shard, List<OutboxRow> rows) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(SENT)) {
            statement.setInt(1, shard);
            statement.setArray(2, ids(connection, rows));
            statement.executeUpdate();
        }
    }

    /** Keeps the rows and their error, and with each every later row of its key, back for a while. */
    void block(List<OutboxRow> rows, String error, BackOff wait) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(BLOCK)) {
            for (OutboxRow row : rows) {
                statement.setString(1, error);
                statement.setLong(2, wait.after(row.attempts() + 1).toMillis());
                statement.setInt(3, row.shard());
                statement.setLong(4, row.id());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Says at the rows why they still wait. */
    void note(int shard, List<OutboxRow> rows, String error) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(NOTE)) {
            statement.setString(1, error);
            statement.setInt(2, shard);
            statement.setArray(3, ids(connection, rows));
            statement.executeUpdate();
        }
    }

    Waiting waiting(int most) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(WAITING)) {
            statement.setInt(1, most);
            statement.setInt(2, most);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return new Waiting(found.getLong(1), found.getLong(2));
            }
        }
    }

    private static Array ids(Connection connection, List<OutboxRow> rows) throws SQLException {
        return connection.createArrayOf(
                "bigint", rows.stream().map(OutboxRow::id).toArray(Long[]::new));
    }
}
