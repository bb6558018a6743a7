package io.reprise.activities.pipeline;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.saga.PivotFence;
import io.reprise.activities.schedule.KnownPipelines;
import io.reprise.activities.sql.Heart;
import io.reprise.db.Ledger;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** What a worker registers on the task queue of one connection. */
public final class SqlParts {

    private final SqlPipelineSteps steps;
    private final List<Object> activities;

    /**
     * @param definition hash of the connection's definition
     * @param toPrepare opens a pool of several sessions
     */
    public SqlParts(
            SqlConnection connection,
            String definition,
            Supplier<HikariDataSource> toPrepare,
            Ledger ledger,
            Clock clock) {
        KnownDefinitions known = new KnownDefinitions(new KnownPipelines(ledger.definitions()));
        StepRecords records = new LedgerStepRecords(ledger.runStatements(), ledger.runChecks());
        this.steps = new SqlPipelineSteps(connection, known::named, records, clock);
        this.activities = List.of(
                steps,
                new SqlWaits(connection, known::named, records, clock),
                new SqlTrials(connection, known::named, clock, Heart::ofActivity),
                new PivotFence(connection.steps()),
                new ConnectionActivities(
                        connection.dialect(), definition, toPrepare, ledger.connectionProbes(), clock));
    }

    public List<Object> activities() {
        return activities;
    }

    /** To be told now and then to sweep. */
    public SqlPipelineSteps steps() {
        return steps;
    }
}
