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
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** What the database of a stream says of it, all of one moment. */
final class StreamBooks {

    private static final String CHECKPOINTS = """
            select topic_id, log, partition, first_offset, next_offset, lost_offsets, cluster_id, topic
            from reprise_kit.stream_checkpoint where stream = ? order by topic_id, log, partition""";
    private static final String COUNTS = """
            select topic_id, log, partition, day, loaded, late, aside, dropped, filtered, tombstones, dead
            from reprise_kit.stream_count where stream = ?""";

    private final Sessions sessions;
    private final String stream;
    private final TargetTables tables;

    StreamBooks(Sessions sessions, String stream, TargetTables tables) {
        this.sessions = sessions;
        this.stream = stream;
        this.tables = tables;
    }

    /** How far a partition of a log is. */
    record Reached(StreamLog log, int partition, long first, long next, long lost) {

        StreamBalance.Part part(@Nullable Long keptFrom) {
            return new StreamBalance.Part(log.id(), partition, first, next, lost, keptFrom);
        }
    }

    /** Fills a sheet; answers how far each partition is. */
    List<Reached> read(BalanceSheet sheet) throws SQLException {
        try (Connection open = sessions.getConnection()) {
            open.setAutoCommit(false);
            try (Statement begin = open.createStatement()) {
                begin.execute("set transaction isolation level repeatable read, read only");
                List<Reached> reached = checkpoints(open);
                counts(open, sheet);
                rows(open, BalanceSheet.Table.RAW, tables.raw(), sheet);
                rows(open, BalanceSheet.Table.ASIDE, tables.aside(), sheet);
                if (tables.typed().isPresent()) {
                    rows(open, BalanceSheet.Table.TYPED, tables.typed().get(), sheet);
                }
                return reached;
            } finally {
                open.rollback();
            }
        }
    }

    private List<Reached> checkpoints(Connection open) throws SQLException {
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

    private void counts(Connection open, BalanceSheet sheet) throws SQLException {
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

    private static void rows(Connection open, BalanceSheet.Table kind, TableName table, BalanceSheet sheet)
            throws SQLException {
        String query =
                "select k_topic as topic_id, k_log as log, k_part as partition, event_day as day, count(*) as n from "
                        + SqlDialect.POSTGRESQL.quote(table) + " group by 1, 2, 3, 4";
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
