package io.reprise.activities.saga;

import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.run.WorkflowId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the fences of one changed database: the truth about what its steps did. */
public final class Fences {

    private static final String SHOWN = """
            select step_key, run_id, started_on, position, state, coalesce(attempt, 0), coalesce(worker, ''), rows,
                started_at, done_at, coalesce(undo_attempt, 0), coalesce(undo_worker, ''), undone_at
            from reprise_kit.fence""";

    /** Keys are compared as bytes, and {@code ;} follows {@code :}. */
    private static final String OF_RUN = SHOWN + " where step_key > ? || ':' and step_key < ? || ';' order by position";

    private static final String AFTER = SHOWN + " where step_key > ? order by step_key limit ?";

    private final DataSource database;

    public Fences(DataSource database) {
        this.database = database;
    }

    /** In the order of the steps' declaration. */
    public List<FenceRow> ofRun(WorkflowId workflow) throws SQLException {
        return read(OF_RUN, workflow.value(), workflow.value());
    }

    /** All fences by key, so many after a key; the empty key is before all. */
    public List<FenceRow> after(String key, int atMost) throws SQLException {
        return read(AFTER, key, atMost);
    }

    private List<FenceRow> read(String text, Object... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(text)) {
            for (int n = 0; n < values.length; n++) {
                statement.setObject(n + 1, values[n]);
            }
            List<FenceRow> fences = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    fences.add(fence(rows));
                }
            }
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return fences;
        }
    }

    private static FenceRow fence(ResultSet row) throws SQLException {
        return new FenceRow(
                new StepKey(row.getString(1)),
                row.getString(2),
                row.getObject(3, LocalDate.class),
                row.getInt(4),
                FenceState.valueOf(row.getString(5)),
                row.getInt(6),
                row.getString(7),
                row.getObject(8, Long.class),
                instant(row, 9),
                instant(row, 10),
                row.getInt(11),
                row.getString(12),
                instant(row, 13));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
