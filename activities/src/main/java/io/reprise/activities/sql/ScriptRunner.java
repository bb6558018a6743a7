package io.reprise.activities.sql;

import io.reprise.catalog.sql.BoundStatement;
import io.reprise.catalog.sql.SqlStatement;
import io.reprise.catalog.sql.StatementFacts;
import io.reprise.catalog.sql.StatementKind;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Runs scripts in a transaction that is open, whose end is another's business. A statement that fails ends the script with a
 * {@link StatementFailed}; one that is not wanted any more is ended in its database.
 */
public final class ScriptRunner {

    /** Rows are read to their end, since a query may be run for what its functions do, but never all held at once. */
    private static final int FETCHED_TOGETHER = 500;

    private final StatementWatch watch;
    private final StatementLog log;
    private final int attempt;

    /** @param attempt which one of the step this is, for the log */
    public ScriptRunner(StatementWatch watch, StatementLog log, int attempt) {
        this.watch = watch;
        this.log = log;
        this.attempt = attempt;
    }

    /** One outcome for each statement. */
    public ScriptOutcome run(Connection connection, Script script) throws SQLException {
        Secrets secrets = new Secrets(script.values().values());
        List<SqlOutcome> outcomes = new ArrayList<>();
        for (BoundStatement statement : script.statements()) {
            refuseProblems(statement, script);
            outcomes.add(run(connection, script, statement, secrets));
        }
        return new ScriptOutcome(outcomes);
    }

    private SqlOutcome run(Connection connection, Script script, BoundStatement statement, Secrets secrets)
            throws SQLException {
        Optional<String> plan = script.explain()
                ? ExplainedPlan.of(connection, statement, prepared -> fill(prepared, statement, script))
                        .map(secrets::masked)
                : Optional.empty();
        long started = System.nanoTime();
        try {
            SqlOutcome outcome = execute(connection, script, statement, started);
            log(statement, script, OptionalLong.of(outcome.rows()), outcome.took(), plan, Optional.empty());
            return outcome;
        } catch (SQLException failure) {
            StatementFailed told = FailureWords.of(statement, failure, secrets);
            log(statement, script, OptionalLong.empty(), since(started), plan, Optional.of(told.words()));
            throw told;
        } catch (ActivityCompletionException unwanted) {
            log(
                    statement,
                    script,
                    OptionalLong.empty(),
                    since(started),
                    plan,
                    Optional.of("ended: not wanted any more"));
            throw unwanted;
        }
    }

    private SqlOutcome execute(Connection connection, Script script, BoundStatement statement, long started)
            throws SQLException {
        try (PreparedStatement prepared =
                connection.prepareStatement(statement.jdbc().text())) {
            prepared.setFetchSize(FETCHED_TOGETHER);
            fill(prepared, statement, script);
            String doing = statement.statement().place().toString();
            return watch.during(prepared, doing, () -> {
                boolean answers = prepared.execute();
                return answers
                        ? read(prepared.getResultSet(), script.keepRows(), statement.statement(), started)
                        : changed(prepared, started);
            });
        }
    }

    private static void fill(PreparedStatement prepared, BoundStatement statement, Script script) throws SQLException {
        int index = 1;
        for (String name : statement.names()) {
            SqlValue value = script.parameter(name).value();
            ValueBinding.bind(prepared, index++, value, statement.statement().dialect());
        }
    }

    private static SqlOutcome changed(PreparedStatement prepared, long started) throws SQLException {
        long count = Math.max(0, prepared.getLargeUpdateCount());
        return new SqlOutcome(count, 0, List.of(), List.of(), since(started));
    }

    private static SqlOutcome read(ResultSet rows, int keep, SqlStatement statement, long started) throws SQLException {
        try (rows) {
            List<String> columns = new ArrayList<>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                columns.add(rows.getMetaData().getColumnLabel(column));
            }
            List<List<SqlValue>> first = new ArrayList<>();
            long answered = 0;
            while (rows.next()) {
                answered++;
                if (answered <= keep) {
                    first.add(row(rows, columns.size(), statement));
                }
            }
            return new SqlOutcome(changes(statement) ? answered : 0, answered, columns, first, since(started));
        }
    }

    /** A change with RETURNING answers each row that it changed. */
    private static boolean changes(SqlStatement statement) {
        StatementFacts facts = statement.facts();
        return facts.kind() == StatementKind.CHANGE && !facts.verb().equals("SELECT");
    }

    private static List<SqlValue> row(ResultSet rows, int columns, SqlStatement statement) throws SQLException {
        List<SqlValue> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
            row.add(ValueReading.read(rows, column, statement.dialect()));
        }
        return row;
    }

    private static void refuseProblems(BoundStatement statement, Script script) {
        List<String> missing = statement.names().stream()
                .filter(name -> !script.values().containsKey(name))
                .map(name -> ":" + name + " has no value")
                .toList();
        List<String> problems = new ArrayList<>(missing);
        statement.problems().forEach(problem -> problems.add(problem.toString()));
        if (!problems.isEmpty()) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "cannot run the statement at " + statement.statement().place() + ": " + String.join("; ", problems)
                            + " (expected: a value for every name)",
                    SqlFailures.LASTING);
        }
    }

    private void log(
            BoundStatement statement,
            Script script,
            OptionalLong rows,
            Duration took,
            Optional<String> plan,
            Optional<String> failure) {
        Map<String, String> parameters = new LinkedHashMap<>();
        statement
                .names()
                .forEach(name -> parameters.put(name, script.parameter(name).shown()));
        SqlStatement written = statement.statement();
        log.ran(new LoggedStatement(
                written.number(), written.place(), written.text(), parameters, rows, took, attempt, plan, failure));
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
