package io.reprise.activities.saga;

import io.reprise.activities.sql.Sessions;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.run.WorkflowId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the fences of one changed database: the truth about what its steps did. One without the kit has none. */
public final class Fences {

    private final SqlDialect dialect;
    private final Sessions database;
    private final String ofRun;
    private final String after;

    /** Of a PostgreSQL. */
    public Fences(DataSource database) {
        this(SqlDialect.POSTGRESQL, database::getConnection);
    }

    public Fences(SqlDialect dialect, Sessions database) {
        this.dialect = dialect;
        this.database = database;
        String shown = "select step_key, run_id, started_on, " + dialect.quote("position")
                + ", state, coalesce(attempt, 0), coalesce(worker, ''), " + dialect.quote("rows")
                + ", started_at, done_at, coalesce(undo_attempt, 0), coalesce(undo_worker, ''), undone_at from "
                + Kit.table(dialect, "fence");
        this.ofRun = shown + " where step_key > ? and step_key < ? order by " + dialect.quote("position");
        this.after = shown + " where step_key > ? order by step_key limit ?";
    }

    /** In the order of the steps' declaration. Keys are compared as bytes, and {@code ;} follows {@code :}. */
    public List<FenceRow> ofRun(WorkflowId workflow) throws SQLException {
        return read(ofRun, workflow.value() + ":", workflow.value() + ";");
    }

    /** All fences by key, so many after a key; the empty key is before all. */
    public List<FenceRow> after(String key, int atMost) throws SQLException {
        return read(after, key, atMost);
    }

    private List<FenceRow> read(String text, Object... values) throws SQLException {
        try (Connection connection = database.getConnection()) {
            List<FenceRow> fences = found(connection, text, values);
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return fences;
        }
    }

    private List<FenceRow> found(Connection connection, String text, Object... values) throws SQLException {
        try {
            return read(connection, text, values);
        } catch (SQLException failure) {
            if (MissingTable.isWhy(dialect, failure)) {
                return List.of();
            }
            throw failure;
        }
    }

    private List<FenceRow> read(Connection connection, String text, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (int n = 0; n < values.length; n++) {
                statement.setObject(n + 1, values[n]);
            }
            List<FenceRow> fences = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    fences.add(fence(rows));
                }
            }
            return fences;
        }
    }

    private FenceRow fence(ResultSet row) throws SQLException {
        return new FenceRow(
                new StepKey(row.getString(1)),
                row.getString(2),
                LocalDate.parse(row.getString(3)),
                row.getInt(4),
                FenceState.valueOf(row.getString(5)),
                row.getInt(6),
                row.getString(7),
                rows(row),
                KitTime.read(dialect, row, 9),
                KitTime.read(dialect, row, 10),
                row.getInt(11),
                row.getString(12),
                KitTime.read(dialect, row, 13));
    }

    private static @Nullable Long rows(ResultSet row) throws SQLException {
        long rows = row.getLong(8);
        return row.wasNull() ? null : rows;
    }
}
