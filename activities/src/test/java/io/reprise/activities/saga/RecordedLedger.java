package io.reprise.activities.saga;

import io.reprise.activities.sql.Pipeline;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A ledger that joins with nothing and remembers what it was told. */
final class RecordedLedger implements LedgerEntries {

    final List<StepEntry> committed = new CopyOnWriteArrayList<>();
    final List<StepEntry> rolledBack = new CopyOnWriteArrayList<>();

    @Override
    public Pipeline joining(StepEntry entry) {
        return new Pipeline();
    }

    @Override
    public void committed(StepEntry entry) {
        committed.add(entry);
    }

    @Override
    public void rolledBack(StepEntry entry) {
        rolledBack.add(entry);
    }
}
