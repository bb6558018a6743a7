package io.reprise.catalog.pipeline;

import java.util.List;

/** Checks data, all checks in one reading transaction, and changes nothing. */
public record CheckStep(StepHead head, String connection, List<CheckDefinition> checks, boolean explain)
        implements StepDefinition {

    public CheckStep {
        checks = List.copyOf(checks);
    }

    @Override
    public CheckStep with(StepHead other) {
        return new CheckStep(other, connection, checks, explain);
    }

    @Override
    public boolean hasUndo() {
        return false;
    }
}
