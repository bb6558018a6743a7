package io.reprise.activities.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.activities.sql.LoggedStatement;
import io.reprise.activities.sql.StatementLog;
import io.reprise.db.run.RunCheck;
import io.reprise.db.run.RunStatement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects what one attempt at a step, or at its undo, did, and hands it over when the attempt has ended, however it did. */
final class AttemptLog implements StatementLog, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StepRecords records;
    private final Clock clock;
    private final String runId;
    private final String stepId;
    private final boolean undo;
    private final List<RunStatement> statements = new ArrayList<>();
    private final List<RunCheck> checks = new ArrayList<>();

    AttemptLog(StepRecords records, Clock clock, String runId, String stepId, boolean undo) {
        this.records = records;
        this.clock = clock;
        this.runId = runId;
        this.stepId = stepId;
        this.undo = undo;
    }

    @Override
    public void ran(LoggedStatement statement) {
        statements.add(new RunStatement(
                runId,
                clock.instant(),
                stepId,
                undo,
                statement.attempt(),
                statements.size() + 1,
                statement.text(),
                json(statement.parameters()),
                statement.rows(),
                statement.took(),
                statement.plan(),
                statement.failure()));
    }

    void found(CheckFinding finding, int attempt) {
        checks.add(new RunCheck(
                runId, clock.instant(), stepId, attempt, finding.name(), finding.offending(), finding.sample()));
    }

    @Override
    public void close() {
        if (!statements.isEmpty()) {
            records.ran(statements);
        }
        if (!checks.isEmpty()) {
            records.checked(checks);
        }
    }

    static String json(Map<String, ?> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write values as JSON", impossible);
        }
    }
}
