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

    private final OldStages oldStages;
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
        this.oldStages = new OldStages(
                connection,
                clock,
                run -> ledger.runs()
                        .byWorkflowId(run)
                        .filter(it -> !it.isEnded())
                        .isPresent());
        this.activities = List.of(
                new SqlPipelineSteps(connection, known::named, records, clock),
                new SqlWaits(connection, known::named, records, clock),
                new SqlTrials(connection, known::named, clock, Heart::ofActivity),
                new PivotFence(connection.steps()),
                new ConnectionActivities(
                        connection.dialect(), definition, toPrepare, ledger.connectionProbes(), clock));
    }

    public List<Object> activities() {
        return activities;
    }

    /** Drops what no run needs any longer; to be asked now and then. Answers how many tables that were. */
    public int sweepStages() {
        return oldStages.sweep();
    }
}
