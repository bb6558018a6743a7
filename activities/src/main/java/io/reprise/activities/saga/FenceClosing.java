package io.reprise.activities.saga;

import io.reprise.activities.sql.Sessions;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.db.run.Outcomes;
import io.reprise.db.run.RunRef;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.saga.Step;
import io.reprise.workflows.saga.UndoCall;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Closes fences of runs whose executions are gone: what had not happened by then never will. */
public final class FenceClosing {

    private static final Duration LIMIT = Duration.ofSeconds(12);

    private final FencedSteps steps;

    public FenceClosing(SqlDialect dialect, Sessions database, String worker, Clock clock) {
        this.steps = new FencedSteps(
                () -> inTransactions(database),
                FenceDialect.of(dialect, clock),
                new Unrecorded(),
                () -> new Attempt(1, false, null, worker, System.nanoTime(), LIMIT),
                clock);
    }

    /** Whoever looks after runs may have sessions that commit each statement. */
    private static Connection inTransactions(Sessions database) throws SQLException {
        Connection connection = database.getConnection();
        try {
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException dead) {
            connection.close();
            throw dead;
        }
    }

    /**
     * Leaves those that happened as they are.
     *
     * @throws SQLException where the database does not answer, or a step is under way for longer than some seconds
     */
    public void close(RunRef run, List<Step> declared) throws SQLException {
        for (Step step : declared) {
            close(run, step);
        }
    }

    /** A fence that was committed as RUNNING is left to a person. */
    private void close(RunRef run, Step step) throws SQLException {
        try {
            steps.fence(new UndoCall(
                    run.workflowId().step(step.id()),
                    run.runId(),
                    run.startedOn(),
                    step.position(),
                    Forward.CANCELLED,
                    Outcomes.TERMINATED));
        } catch (ApplicationFailure failure) {
            if (!failure.getType().equals(FenceFailures.STEP_UNCERTAIN)) {
                throw new SQLException(failure.getOriginalMessage(), failure);
            }
        }
    }
}
