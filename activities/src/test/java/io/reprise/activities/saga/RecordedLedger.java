package io.reprise.activities.saga;

import io.reprise.activities.sql.Pipeline;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A ledger that joins with nothing and remembers what it was told. */
final class RecordedLedger implements LedgerEntries {

    final List<StepFact> committed = new CopyOnWriteArrayList<>();
    final List<StepFact> rolledBack = new CopyOnWriteArrayList<>();

    @Override
    public Pipeline joining(StepFact fact) {
        return new Pipeline();
    }

    @Override
    public void committed(StepFact fact) {
        committed.add(fact);
    }

    @Override
    public void rolledBack(StepFact fact) {
        rolledBack.add(fact);
    }
}
