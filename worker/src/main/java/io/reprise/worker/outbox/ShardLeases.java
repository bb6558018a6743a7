package io.reprise.worker.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * Who sends which shard. Leases only spread the work and find a new sender for a lost one's shards: that two senders never
 * interleave is the broker's doing, which refuses the older producer of a shard.
 */
final class ShardLeases {

    private static final String SEEN = """
            insert into reprise_kit.outbox_relay (relay_id, seen_until)
            values (?, clock_timestamp() + ? * interval '1 millisecond')
            on conflict (relay_id) do update set seen_until = excluded.seen_until""";

    private static final String FORGET_LOST = """
            delete from reprise_kit.outbox_relay where seen_until < clock_timestamp() - interval '1 hour'""";

    private static final String RELAYS = """
            select count(*) from reprise_kit.outbox_relay where seen_until > clock_timestamp()""";

    private static final String RENEW = """
            update reprise_kit.outbox_shard
            set leased_until = clock_timestamp() + ? * interval '1 millisecond'
            where relay_id = ?
            returning shard""";

    private static final String CLAIM = """
            update reprise_kit.outbox_shard
            set relay_id = ?, leased_until = clock_timestamp() + ? * interval '1 millisecond'
            where shard in (
                select shard from reprise_kit.outbox_shard
                where relay_id is null or leased_until < clock_timestamp()
                order by shard limit ? for update skip locked)
            returning shard""";

    private static final String RELEASE = """
            update reprise_kit.outbox_shard set relay_id = null, leased_until = null
            where relay_id = ? and shard = ?""";

    private static final String LEAVE = "delete from reprise_kit.outbox_relay where relay_id = ?";

    private static final String SHARDS = """
            insert into reprise_kit.outbox_shard (shard) select generate_series(0, ? - 1) on conflict do nothing""";

    /** The shards that a relay holds, and how many it should hold beside the others that are alive. */
    record Share(Set<Integer> held, int fair) {}

    private final DataSource database;
    private final String relayId;
    private final int shards;
    private final Duration lease;

    ShardLeases(DataSource database, String relayId, int shards, Duration lease) {
        this.database = database;
        this.relayId = relayId;
        this.shards = shards;
        this.lease = lease;
    }

    void prepare() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(SHARDS)) {
            statement.setInt(1, shards);
            statement.executeUpdate();
        }
    }

    /** Renews what this relay holds, claims what is free until it holds its fair share, and answers both. */
    Share share() throws SQLException {
        try (Connection connection = database.getConnection()) {
            seen(connection);
            Set<Integer> held = renew(connection);
            int fair = Math.ceilDiv(shards, Math.max(1, relays(connection)));
            if (held.size() < fair) {
                claim(connection, fair - held.size(), held);
            }
            return new Share(held, fair);
        }
    }

    void release(int shard) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            statement.setString(1, relayId);
            statement.setInt(2, shard);
            statement.executeUpdate();
        }
    }

    void leave() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(LEAVE)) {
            statement.setString(1, relayId);
            statement.executeUpdate();
        }
    }

    private void seen(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SEEN)) {
            statement.setString(1, relayId);
            statement.setLong(2, lease.toMillis());
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(FORGET_LOST)) {
            statement.executeUpdate();
        }
    }

    private static int relays(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELAYS);
                ResultSet found = statement.executeQuery()) {
            found.next();
            return found.getInt(1);
        }
    }

    private Set<Integer> renew(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
            statement.setLong(1, lease.toMillis());
            statement.setString(2, relayId);
            return shards(statement, new TreeSet<>());
        }
    }

    private void claim(Connection connection, int most, Set<Integer> held) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setString(1, relayId);
            statement.setLong(2, lease.toMillis());
            statement.setInt(3, most);
            shards(statement, held);
        }
    }

    private static Set<Integer> shards(PreparedStatement statement, Set<Integer> into) throws SQLException {
        try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                into.add(found.getInt(1));
            }
        }
        return into;
    }
}
