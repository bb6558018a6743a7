package io.reprise.activities.pipeline;

import io.reprise.activities.saga.StepTransaction;
import io.reprise.activities.sql.Parameter;
import io.reprise.activities.sql.ScriptOutcome;
import io.reprise.activities.sql.ScriptRunner;
import io.reprise.activities.sql.SqlOutcome;
import io.reprise.activities.sql.SqlValue;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.PublishStep;
import io.reprise.catalog.pipeline.SqlSource;
import io.reprise.catalog.pipeline.TableDefinition;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.TableName;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.saga.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of a target's scope those of a stage: writes only what differs, and keeps what was there before. All of it
 * happens in one transaction that holds the scope.
 *
 * <p>Refused: {@code check-failed} where staged rows have no key, share one, or belong to another scope, and
 * {@code newer-generation}. An undo whose version is not the last one fails with {@code superseded}.
 */
final class Publication {

    private static final Pattern NAME = Pattern.compile(":([A-Za-z_][A-Za-z0-9_]*)");

    private final SqlDialect dialect;
    private final PublishStep step;
    private final TableName target;
    private final String scope;
    private final Map<String, Parameter> values;
    private final PublishedScope published;

    Publication(
            SqlDialect dialect,
            Clock clock,
            PipelineDefinition definition,
            PublishStep step,
            Map<String, Parameter> values) {
        this.dialect = dialect;
        this.step = step;
        TableDefinition.Target to =
                (TableDefinition.Target) definition.table(step.to()).orElseThrow();
        this.target = new TableName(to.schema(), to.name());
        this.scope = to.scope().orElse("1 = 1");
        this.values = values;
        this.published = new PublishedScope(dialect, clock, shown());
    }

    TableName target() {
        return target;
    }

    /** Target and scope with the values that it reads. */
    private String shown() {
        Map<String, String> read = new TreeMap<>();
        Matcher names = NAME.matcher(scope);
        while (names.find()) {
            Parameter value = values.get(names.group(1));
            if (value != null) {
                read.put(names.group(1), value.value().shown());
            }
        }
        return target + " where " + scope + " " + read;
    }

    /** Publishes a stage under a step's key. */
    Published publish(
            StepTransaction transaction,
            StepKey key,
            TableName stage,
            TableName kept,
            ScriptRunner runner,
            AttemptLog log)
            throws SQLException {
        Connection open = transaction.connection();
        PublishedScope.Last last = published.lock(open, target.toString());
        published.refuseNewer(last, key.workflowId());
        PublicationText text = text(open);
        Run run = new Run(
                open, runner, new StepScripts(dialect, Map.of("target", target, "stage", stage, "kept", kept), false));
        refuseUnfit(run, text, log, transaction.attempt());
        boolean wasEmpty = run.of("look", text.anyInScope()).answered() == 0;
        Changes changes = wasEmpty
                ? new Changes(run.of("insert", text.insertAll()).changed(), 0, 0)
                : difference(run, text, kept);
        refuseUneven(run, text);
        long version = published.publish(open, last, key);
        boolean keeps = step.keepsVersion() && !wasEmpty && changes.any();
        transaction.changed(changes.inserted() + changes.updated() + changes.deleted());
        return new Published(changes, new Replaced(version, last.stepKey(), wasEmpty, keeps ? kept.name() : null));
    }

    private Changes difference(Run run, PublicationText text, TableName kept) throws SQLException {
        if (dialect == SqlDialect.POSTGRESQL) {
            KitTables.createKept(dialect, run.open(), kept, target);
        }
        run.of("compare", text.keepChanged());
        run.of("compare", text.keepInserted());
        SqlOutcome counted = run.of("count", text.countKept());
        Changes changes = new Changes(count(counted, 0), count(counted, 1), count(counted, 2));
        if (changes.deleted() > 0) {
            run.of("delete", text.delete("D"));
        }
        if (changes.updated() > 0) {
            run.of("update", text.update("{stage}"));
        }
        if (changes.inserted() > 0) {
            run.of("insert", text.insert("I"));
        }
        return changes;
    }

    /** Restores what was there before, while nobody published after. */
    void restore(
            StepTransaction transaction, StepKey key, Replaced replaced, Optional<TableName> kept, ScriptRunner runner)
            throws SQLException {
        Connection open = transaction.connection();
        PublishedScope.Last last = published.lock(open, target.toString());
        published.refuseSuperseded(last, key);
        PublicationText text = text(open);
        Run run = new Run(
                open, runner, new StepScripts(dialect, Map.of("target", target, "kept", kept.orElse(target)), false));
        if (replaced.wasEmpty()) {
            run.of("delete", text.deleteAll());
        } else if (kept.isPresent()) {
            run.of("delete", text.delete("I"));
            if (text.hasOthers()) {
                run.of("update", text.update("{kept}"));
            }
            run.of("insert", text.insert("D"));
        }
        published.giveBack(open, last, replaced.before());
    }

    private PublicationText text(Connection open) throws SQLException {
        TargetColumns columns = TargetColumns.of(dialect, open, target, step.key());
        return new PublicationText(dialect, scope, columns.names(), columns.named(step.key()));
    }

    private void refuseUnfit(Run run, PublicationText text, AttemptLog log, int attempt) throws SQLException {
        refuse("staged rows without a key", run.of("check", text.withoutKey()), log, attempt);
        refuse("staged rows with the same key", run.of("check", text.alike()), log, attempt);
        refuse("staged rows of another scope", run.of("check", text.strangers()), log, attempt);
    }

    private void refuse(String name, SqlOutcome answer, AttemptLog log, int attempt) {
        CheckFinding finding = CheckFinding.of(name, answer);
        if (!finding.passed()) {
            log.found(finding, attempt);
            throw Refusal.because(
                    StepRun.CHECK_FAILED,
                    "cannot publish " + shown() + " by " + step.key() + ": found " + finding.offending() + " " + name
                            + " (expected: none; the first " + Checks.SHOWN + " are kept with the run)");
        }
    }

    /** The target may hold rows that are alike, or rows of another scope under the same key. */
    private void refuseUneven(Run run, PublicationText text) throws SQLException {
        long there = count(run.of("count", text.countInScope()), 0);
        long staged = count(run.of("count", text.countStaged()), 0);
        if (there != staged) {
            throw Refusal.because(
                    StepRun.CHECK_FAILED,
                    "cannot publish " + shown() + " by " + step.key() + ": the target would have " + there
                            + " rows (expected: the " + staged + " of the stage; are its rows unique by that key?)");
        }
    }

    private static long count(SqlOutcome outcome, int column) {
        return outcome.first().getFirst().get(column) instanceof SqlValue.Whole whole ? whole.value() : 0;
    }

    /** What a publication hands on. */
    Map<String, @Nullable Object> outputs(Changes changes) {
        Map<String, @Nullable Object> outputs = new TreeMap<>();
        step.outputs()
                .forEach(output -> outputs.put(
                        output.name(),
                        switch (output.source()) {
                            case INSERTED -> changes.inserted();
                            case UPDATED -> changes.updated();
                            case DELETED -> changes.deleted();
                            case AFFECTED, COLUMN, LAST_LINE, RECORD ->
                                changes.inserted() + changes.updated() + changes.deleted();
                        }));
        return outputs;
    }

    /** How many rows of the target a publication wrote. */
    record Changes(long inserted, long updated, long deleted) {
        boolean any() {
            return inserted + updated + deleted > 0;
        }
    }

    record Published(Changes changes, Replaced replaced) {}

    /** One statement after the other, each logged under what it is for. */
    private final class Run {

        private final Connection open;
        private final ScriptRunner runner;
        private final StepScripts scripts;

        Run(Connection open, ScriptRunner runner, StepScripts scripts) {
            this.open = open;
            this.runner = runner;
            this.scripts = scripts;
        }

        Connection open() {
            return open;
        }

        SqlOutcome of(String what, String sql) throws SQLException {
            ScriptOutcome outcome = runner.run(
                    open,
                    scripts.of(new SqlSource("publish " + step.id() + " (" + what + ")", sql), values, Checks.SHOWN));
            return outcome.statements().getFirst();
        }
    }
}
