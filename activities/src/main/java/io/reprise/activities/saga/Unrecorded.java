package io.reprise.activities.saga;

import io.reprise.activities.sql.Pipeline;

/** What is no step of a run under way is told to nobody. */
final class Unrecorded implements LedgerEntries {

    @Override
    public Pipeline joining(StepEntry entry) {
        return new Pipeline();
    }

    @Override
    public void committed(StepEntry entry) {
        // Nobody is told.
    }

    @Override
    public void rolledBack(StepEntry entry) {
        // Nobody is told.
    }
}
