package io.reprise.catalog.pipeline;

import java.util.Optional;

/** Runs statements in one transaction. */
public record SqlStep(
        StepHead head, String connection, Guarantee guarantee, SqlPart part, Optional<SqlSource> undo, boolean explain)
        implements StepDefinition {

    @Override
    public SqlStep with(StepHead other) {
        return new SqlStep(other, connection, guarantee, part, undo, explain);
    }

    @Override
    public boolean hasUndo() {
        return undo.isPresent();
    }
}
