package io.reprise.activities.saga;

import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.StatementResult;
import io.reprise.catalog.sql.SqlDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a step's work may do inside the step's own transaction. It neither commits nor rolls back. */
public final class StepTransaction {

    private final SqlDialect dialect;
    private final Connection connection;
    private final String eventPrefix;
    private final List<OutboxEvent> events = new ArrayList<>();
    private final int attempt;
    private long rows;
    private Optional<String> outputs = Optional.empty();

    StepTransaction(SqlDialect dialect, Connection connection, String eventPrefix, int attempt) {
        this.dialect = dialect;
        this.connection = connection;
        this.eventPrefix = eventPrefix;
        this.attempt = attempt;
    }

    /** Which attempt at the step this is, from 1. */
    public int attempt() {
        return attempt;
    }

    public Connection connection() {
        return connection;
    }

    /** Sends the statements together, where the database takes them so, and counts the rows that they changed. */
    public List<StatementResult> run(Pipeline pipeline) throws SQLException {
        List<StatementResult> results = pipeline.run(dialect, connection);
        rows += results.stream()
                .filter(result -> result.rows().isEmpty())
                .mapToLong(StatementResult::count)
                .sum();
        return results;
    }

    /** Counts rows that were changed past {@link #run}. */
    public void changed(long more) {
        rows += more;
    }

    /**
     * Tells the ledger what the step hands to those after it.
     *
     * @param json an object
     */
    public void handOn(String json) {
        outputs = Optional.of(json);
    }

    /** The id for the next event: it follows from the step's key, so that a repeated step could only repeat it. */
    public String nextEventId() {
        return eventPrefix + (events.size() + 1);
    }

    /** Leaves with the commit, or not at all. */
    public void emit(OutboxEvent event) {
        events.add(event);
    }

    List<OutboxEvent> events() {
        return events;
    }

    long rows() {
        return rows;
    }

    Optional<String> outputs() {
        return outputs;
    }
}
