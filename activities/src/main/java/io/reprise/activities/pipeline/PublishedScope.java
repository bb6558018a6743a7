package io.reprise.activities.pipeline;

import io.reprise.activities.saga.Kit;
import io.reprise.activities.saga.KitTime;
import io.reprise.activities.sql.Pipeline;
import io.reprise.activities.sql.Row;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.workflows.run.StepKey;
import io.reprise.workflows.run.WorkflowId;
import io.reprise.workflows.saga.Refusal;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The rows of a target that a run is responsible for: who published them last. Holds them for one transaction. */
final class PublishedScope {

    static final String SUPERSEDED = "superseded";
    static final String NEWER_GENERATION = "newer-generation";

    private final SqlDialect dialect;
    private final Clock clock;
    private final String table;
    private final String id;
    private final String shown;

    /** @param shown target and scope with its values, as people read them: equal scopes are equal texts */
    PublishedScope(SqlDialect dialect, Clock clock, String shown) {
        this.dialect = dialect;
        this.clock = clock;
        this.table = Kit.table(dialect, "publication");
        this.id = KitTables.hash(shown);
        this.shown = shown;
    }

    /** Waits for whoever publishes there now. */
    Last lock(Connection open, String target) throws SQLException {
        KitTables.insertOnce(
                dialect,
                open,
                "publication",
                "scope_id, target, scope, version, step_key, workflow_id, generation, published_at",
                id,
                target,
                shown,
                0,
                null,
                null,
                0,
                KitTime.value(dialect, clock.instant()));
        Row row = new Pipeline()
                .add(
                        "select version, step_key, workflow_id, generation from " + table + " where scope_id = ?"
                                + (dialect == SqlDialect.SQLITE ? "" : " for update"),
                        id)
                .run(dialect, open)
                .getFirst()
                .rows()
                .getFirst();
        return new Last(row.number(0), row.textOrNull(1), row.textOrNull(2), row.number(3));
    }

    /** Refuses a generation that is not the newest: it slept while a later one published. */
    void refuseNewer(Last last, WorkflowId workflow) {
        boolean same = workflow.generation(1).value().equals(last.workflowId());
        if (same && last.generation() > workflow.generation()) {
            throw Refusal.because(
                    NEWER_GENERATION,
                    "cannot publish " + shown + " as " + workflow + ": generation " + last.generation()
                            + " of the same run has published there (expected: the newest generation)");
        }
    }

    /** Worth another attempt: an operator may undo what came after, or skip. */
    void refuseSuperseded(Last last, StepKey key) {
        if (!key.value().equals(last.stepKey())) {
            throw ApplicationFailure.newFailure(
                    "cannot undo the publication " + key + " of " + shown + ": version " + last.version()
                            + " is of " + (last.stepKey() == null ? "nobody" : last.stepKey())
                            + " (expected: its own; undo what was published later first, or skip this undo)",
                    SUPERSEDED);
        }
    }

    /** Makes the version of a step the last one. */
    long publish(Connection open, Last last, StepKey key) throws SQLException {
        WorkflowId workflow = key.workflowId();
        String base = workflow.generation(1).value();
        set(open, last.version() + 1, key.value(), base, workflow.generation());
        return last.version() + 1;
    }

    /** Gives the scope back to whoever had published before. The newest generation stays known. */
    void giveBack(Connection open, Last last, @Nullable String before) throws SQLException {
        set(open, last.version() + 1, before, last.workflowId(), last.generation());
    }

    private void set(
            Connection open, long version, @Nullable String stepKey, @Nullable String workflowId, long generation)
            throws SQLException {
        new Pipeline()
                .add(
                        "update " + table + " set version = ?, step_key = ?, workflow_id = ?, generation = ?,"
                                + " published_at = ? where scope_id = ?",
                        version,
                        stepKey,
                        workflowId,
                        generation,
                        KitTime.value(dialect, clock.instant()),
                        id)
                .run(dialect, open);
    }

    /**
     * What was published there last.
     *
     * @param version 0 where nothing ever was
     */
    record Last(
            long version,
            @Nullable String stepKey,
            @Nullable String workflowId,
            long generation) {}
}
