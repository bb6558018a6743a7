package io.reprise.activities.run;

import io.reprise.activities.saga.LedgerEntries;
import io.reprise.activities.saga.StepEntry;
import io.reprise.activities.sql.Pipeline;

/** A ledger in another database than the steps change: it learns of them soon after. */
final class ApartLedger implements LedgerEntries {

    private final LedgerWriter writer;

    ApartLedger(LedgerWriter writer) {
        this.writer = writer;
    }

    @Override
    public Pipeline joining(StepEntry entry) {
        return new Pipeline();
    }

    @Override
    public void committed(StepEntry entry) {
        writer.write(entry);
    }

    @Override
    public void rolledBack(StepEntry entry) {
        writer.write(entry);
    }
}
