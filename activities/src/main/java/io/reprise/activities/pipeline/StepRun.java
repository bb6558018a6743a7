package io.reprise.activities.pipeline;

import io.reprise.activities.sql.Output;
import io.reprise.activities.sql.ScriptOutcome;
import io.reprise.activities.sql.ScriptRunner;
import io.reprise.catalog.pipeline.CheckDefinition;
import io.reprise.catalog.pipeline.Expectation;
import io.reprise.catalog.pipeline.OutputSource;
import io.reprise.catalog.pipeline.SqlPart;
import io.reprise.catalog.pipeline.TransactionItem;
import io.reprise.workflows.pipeline.Condition;
import io.reprise.workflows.pipeline.StepResult;
import io.reprise.workflows.saga.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One attempt to do what a step says, in one transaction whose end is another's business. */
final class StepRun {

    static final String CHECK_FAILED = "check-failed";

    private final SqlTask task;
    private final StepScripts scripts;
    private final SqlStepValues values;
    private final ScriptRunner runner;
    private final AttemptLog log;
    private final int attempt;
    private final Map<String, @Nullable Object> outputs = new TreeMap<>();
    private long changed;

    StepRun(SqlTask task, StepScripts scripts, SqlStepValues values, ScriptRunner runner, AttemptLog log, int attempt) {
        this.task = task;
        this.scripts = scripts;
        this.values = values;
        this.runner = runner;
        this.log = log;
        this.attempt = attempt;
    }

    /** Does it all or is refused at the first part that fails. Answers the outputs. */
    Map<String, @Nullable Object> perform(Connection connection) throws SQLException {
        for (TransactionItem item : task.items()) {
            switch (item) {
                case TransactionItem.Change change -> change(connection, change.part());
                case TransactionItem.Verify verify -> refuse(failed(connection, List.of(verify.check())));
            }
        }
        return StepResult.of(task.head().id(), outputs).outputs();
    }

    /** Runs all checks, so that all of their findings are known, and is refused where any failed. */
    void verify(Connection connection) throws SQLException {
        List<CheckDefinition> checks = new ArrayList<>();
        for (TransactionItem item : task.items()) {
            if (item instanceof TransactionItem.Verify verify) {
                checks.add(verify.check());
            }
        }
        refuse(failed(connection, checks));
    }

    long changed() {
        return changed;
    }

    private void change(Connection connection, SqlPart part) throws SQLException {
        ScriptOutcome outcome = runner.run(connection, scripts.of(part.sql(), values.parameters()));
        changed += outcome.changed();
        if (part.expect().isPresent()) {
            hold(part, part.expect().get(), outcome.changed());
        }
        Map<String, Output> wanted = new LinkedHashMap<>();
        part.outputs().forEach(output -> wanted.put(output.name(), wanted(output)));
        outcome.outputs(wanted).forEach((name, value) -> {
            outputs.put(name, value);
            values.hand(task.head().id(), name, value);
        });
    }

    private static Output wanted(io.reprise.catalog.pipeline.Output output) {
        return output.source() == OutputSource.AFFECTED
                ? new Output.Affected()
                : new Output.Column(output.column().orElse(output.name()));
    }

    private void hold(SqlPart part, Expectation expected, long affected) {
        Map<String, @Nullable Object> scalars = values.scalars();
        scalars.put(Expectation.VALUE, affected);
        for (Condition condition : expected.affected()) {
            switch (condition.check(scalars)) {
                case Condition.Verdict.Met _ -> {}
                case Condition.Verdict.NotMet not -> throw refused(part, expected, not.because());
                case Condition.Verdict.Unclear unclear -> throw refused(part, expected, unclear.because());
            }
        }
    }

    private RuntimeException refused(SqlPart part, Expectation expected, String because) {
        return Refusal.because(
                expected.reason(),
                "cannot go on with step '" + task.head().id() + "' after "
                        + part.sql().file() + ": " + because);
    }

    private List<CheckFinding> failed(Connection connection, List<CheckDefinition> checks) throws SQLException {
        List<CheckFinding> failed = new ArrayList<>();
        for (CheckDefinition check : checks) {
            CheckFinding finding = new Checks(scripts).run(check, connection, runner, values.parameters());
            log.found(finding, attempt);
            if (!finding.passed()) {
                failed.add(finding);
            }
        }
        return failed;
    }

    private void refuse(List<CheckFinding> failed) {
        if (failed.isEmpty()) {
            return;
        }
        List<String> found = failed.stream()
                .map(finding -> finding.name() + " found " + finding.offending()
                        + (finding.offending() == 1 ? " offending row" : " offending rows"))
                .toList();
        throw Refusal.because(
                CHECK_FAILED,
                "cannot go on after step '" + task.head().id() + "': check " + String.join(", ", found)
                        + " (expected: none; the first " + Checks.SHOWN + " are kept with the run)");
    }
}
