package io.reprise.activities.saga;

import io.reprise.workflows.run.WorkflowId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;

/** Closes the fences of a run whose execution is gone: what had not happened by then never will. */
public final class FenceClosing {

    private static final String LIMIT = "set local lock_timeout = '5s'";

    private static final String CLOSE = """
            insert into reprise_kit.fence (step_key, workflow_id, run_id, started_on, step_id, position, state,
                undo_attempt, undo_worker, undone_at)
            values (?, ?, ?, ?, ?, ?, 'FENCED', 1, ?, clock_timestamp())
            on conflict (step_key) do nothing""";

    private final DataSource database;
    private final String worker;

    public FenceClosing(DataSource database, String worker) {
        this.database = database;
        this.worker = worker;
    }

    /** Waits for steps that are under way, and leaves those that happened as they are. */
    public void close(WorkflowId workflow, String runId, LocalDate startedOn, List<String> stepIds)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (Statement limit = connection.createStatement();
                    PreparedStatement close = connection.prepareStatement(CLOSE)) {
                limit.execute(LIMIT);
                int position = 0;
                for (String stepId : stepIds) {
                    position++;
                    close.setString(1, workflow.step(stepId).value());
                    close.setString(2, workflow.value());
                    close.setString(3, runId);
                    close.setObject(4, startedOn);
                    close.setString(5, stepId);
                    close.setInt(6, position);
                    close.setString(7, worker);
                    close.addBatch();
                }
                close.executeBatch();
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        }
    }
}
