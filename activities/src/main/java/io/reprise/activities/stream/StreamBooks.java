package io.reprise.activities.stream;

import io.reprise.activities.sql.Sessions;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.TableName;
import io.reprise.workflows.stream.StreamBalance;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** What the database of a stream says of it, all of one moment. */
final class StreamBooks implements AutoCloseable {

    private static final String CHECKPOINTS = """
            select topic_id, log, partition, first_offset, next_offset, lost_offsets, cluster_id, topic
            from reprise_kit.stream_checkpoint where stream = ? order by topic_id, log, partition""";
    private static final String COUNTS = """
            select topic_id, log, partition, day, loaded, late, aside, dropped, filtered, tombstones, dead
            from reprise_kit.stream_count where stream = ?""";

    private final Connection open;
    private final String stream;
    private final TargetTables tables;

    private StreamBooks(Connection open, String stream, TargetTables tables) {
        this.open = open;
        this.stream = stream;
        this.tables = tables;
    }

    /** How far a partition of a log is. */
    record Reached(StreamLog log, int partition, long first, long next, long lost) {

        StreamBalance.Part part(@Nullable Long keptFrom) {
            return new StreamBalance.Part(log.id(), partition, first, next, lost, keptFrom);
        }
    }

    /** Opens the moment. */
    static StreamBooks open(Sessions sessions, String stream, TargetTables tables) throws SQLException {
        Connection open = sessions.getConnection();
        try {
            open.setAutoCommit(false);
            try (Statement begin = open.createStatement()) {
                begin.execute("set transaction isolation level repeatable read, read only");
            }
            return new StreamBooks(open, stream, tables);
        } catch (SQLException failed) {
            open.close();
            throw failed;
        }
    }

    /** Fills a sheet. */
    void read(BalanceSheet sheet) throws SQLException {
        counts(sheet);
        rows(BalanceSheet.Table.RAW, tables.raw(), sheet);
        rows(BalanceSheet.Table.ASIDE, tables.aside(), sheet);
        if (tables.typed().isPresent()) {
            rows(BalanceSheet.Table.TYPED, tables.typed().get(), sheet);
        }
    }

    /** Those of these offsets that have a row all the same: their letter was kept, and then they were loaded. */
    Set<Long> loaded(StreamLog log, int partition, Collection<Long> offsets) throws SQLException {
        Set<Long> found = new HashSet<>();
        for (TableName table : List.of(tables.raw(), tables.aside())) {
            String query = "select k_off from " + SqlDialect.POSTGRESQL.quote(table)
                    + " where k_topic = ? and k_log = ? and k_part = ? and k_off = any (?)";
            try (PreparedStatement find = open.prepareStatement(query)) {
                find.setObject(1, Checkpoints.id(log));
                find.setShort(2, (short) log.number());
                find.setInt(3, partition);
                find.setArray(4, open.createArrayOf("int8", offsets.toArray()));
                try (ResultSet rows = find.executeQuery()) {
                    while (rows.next()) {
                        found.add(rows.getLong(1));
                    }
                }
            }
        }
        return found;
    }

    @Override
    public void close() throws SQLException {
        try (Connection ended = open) {
            ended.rollback();
        }
    }

    /** How far each partition is. */
    List<Reached> reached() throws SQLException {
        List<Reached> reached = new ArrayList<>();
        try (PreparedStatement find = open.prepareStatement(CHECKPOINTS)) {
            find.setString(1, stream);
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    reached.add(new Reached(
                            new StreamLog(
                                    rows.getString("cluster_id"),
                                    rows.getString("topic"),
                                    uuid(rows),
                                    rows.getInt("log")),
                            rows.getInt("partition"),
                            rows.getLong("first_offset"),
                            rows.getLong("next_offset"),
                            rows.getLong("lost_offsets")));
                }
            }
        }
        return reached;
    }

    private void counts(BalanceSheet sheet) throws SQLException {
        try (PreparedStatement find = open.prepareStatement(COUNTS)) {
            find.setString(1, stream);
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    sheet.counted(
                            place(rows),
                            new StreamBalance.Counted(
                                    rows.getLong("loaded"),
                                    rows.getLong("late"),
                                    rows.getLong("aside"),
                                    rows.getLong("dropped"),
                                    rows.getLong("filtered"),
                                    rows.getLong("tombstones"),
                                    rows.getLong("dead")));
                }
            }
        }
    }

    private void rows(BalanceSheet.Table kind, TableName table, BalanceSheet sheet) throws SQLException {
        String query =
                "select k_topic as topic_id, k_log as log, k_part as partition, event_day as day, count(*) as n from "
                        + SqlDialect.POSTGRESQL.quote(table) + " where k_topic is not null group by 1, 2, 3, 4";
        try (Statement find = open.createStatement();
                ResultSet rows = find.executeQuery(query)) {
            while (rows.next()) {
                sheet.rows(kind, place(rows), rows.getLong("n"));
            }
        }
    }

    private static BalanceSheet.Place place(ResultSet row) throws SQLException {
        StreamLog log = new StreamLog("", "", uuid(row), row.getInt("log"));
        Date day = row.getDate("day");
        return new BalanceSheet.Place(
                log.id(),
                row.getInt("partition"),
                Math.toIntExact(day.toLocalDate().toEpochDay()));
    }

    private static Uuid uuid(ResultSet row) throws SQLException {
        UUID id = row.getObject("topic_id", UUID.class);
        return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
}
