package io.reprise.catalog.pipeline;

import java.util.List;
import java.util.Optional;

/** Runs changes, and checks between them, in one transaction. */
public record TransactionStep(
        StepHead head,
        String connection,
        Guarantee guarantee,
        List<TransactionItem> items,
        Optional<SqlSource> undo,
        boolean explain)
        implements StepDefinition {

    public TransactionStep {
        items = List.copyOf(items);
    }

    @Override
    public TransactionStep with(StepHead other) {
        return new TransactionStep(other, connection, guarantee, items, undo, explain);
    }

    @Override
    public boolean hasUndo() {
        return undo.isPresent();
    }
}
