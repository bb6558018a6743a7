package io.reprise.activities.run;

import io.reprise.activities.saga.LedgerEntries;
import io.reprise.activities.saga.StepEntry;
import io.reprise.activities.sql.Pipeline;
import io.reprise.db.run.Outcomes;
import io.reprise.db.run.StepFact;
import io.reprise.db.run.StepFacts;
import java.time.Clock;

/** A ledger in the database that the steps change: their rows there commit together with the data. */
final class JoinedLedger implements LedgerEntries {

    private final LedgerWriter writer;
    private final Clock clock;

    JoinedLedger(LedgerWriter writer, Clock clock) {
        this.writer = writer;
        this.clock = clock;
    }

    @Override
    public Pipeline joining(StepEntry entry) {
        Pipeline pipeline = new Pipeline();
        switch (entry.fact()) {
            case StepFact.Went went ->
                pipeline.add(StepFacts.WENT_SQL, (statement, from) -> StepFacts.bind(statement, from, went));
            case StepFact.Undid undid ->
                pipeline.add(StepFacts.UNDID_SQL, (statement, from) -> StepFacts.bind(statement, from, undid));
        }
        entry.succeeded()
                .ifPresent(run -> pipeline.add(
                        Outcomes.SUCCESS_SQL,
                        (statement, from) -> Outcomes.bindSuccess(statement, from, run, clock.instant())));
        return pipeline;
    }

    @Override
    public void committed(StepEntry entry) {
        // The transaction wrote it.
    }

    @Override
    public void rolledBack(StepEntry entry) {
        writer.write(entry);
    }
}
