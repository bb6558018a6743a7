package io.reprise.worker.trigger;

import io.reprise.db.deadletter.Cause;
import io.reprise.db.trigger.BatchAccepted;
import io.reprise.db.trigger.TriggerAcceptance;
import io.reprise.db.trigger.TriggerBatch;
import io.reprise.db.trigger.TriggerRecord;
import java.util.List;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands batches to the ledger. A batch that the ledger cannot store is halved until the one record to blame stands alone,
 * and that becomes a dead letter; a ledger that is away is no record's fault.
 */
final class BatchTaking {

    private static final Logger LOG = LoggerFactory.getLogger(BatchTaking.class);
    private static final String UNSTORABLE = "unstorable";

    private final TriggerAcceptance acceptance;

    BatchTaking(TriggerAcceptance acceptance) {
        this.acceptance = acceptance;
    }

    /** Answers how the last part ended; the parts before it were taken. Throws where the ledger is away. */
    BatchAccepted take(TriggerBatch batch) {
        try {
            return acceptance.accept(batch);
        } catch (DataAccessException failed) {
            if (!isTheDatasFault(failed) || batch.records().isEmpty()) {
                throw failed;
            }
            return batch.records().size() == 1 ? bury(batch, failed) : halve(batch);
        }
    }

    private BatchAccepted halve(TriggerBatch batch) {
        int middle = batch.records().size() / 2;
        List<TriggerRecord> second =
                batch.records().subList(middle, batch.records().size());
        long between = second.getFirst().record().offset();
        BatchAccepted first = take(new TriggerBatch(
                batch.source(), batch.from(), between, batch.records().subList(0, middle)));
        return switch (first) {
            case BatchAccepted.Taken taken -> take(new TriggerBatch(batch.source(), between, batch.next(), second));
            case BatchAccepted.Stale stale -> stale;
            case BatchAccepted.LedgerRestored restored -> restored;
        };
    }

    private BatchAccepted bury(TriggerBatch batch, DataAccessException failed) {
        TriggerRecord record = batch.records().getFirst();
        if (record instanceof TriggerRecord.Poison) {
            throw failed;
        }
        LOG.error("Record {} cannot be stored as a run and becomes a dead letter", record.record(), failed);
        String message = "cannot store the run that this record asks for: SQL state " + failed.sqlState();
        TriggerRecord poison =
                new TriggerRecord.Poison(record.record(), new Cause(UNSTORABLE, message, "[]", UNSTORABLE));
        return acceptance.accept(new TriggerBatch(batch.source(), batch.from(), batch.next(), List.of(poison)));
    }

    /** Data exceptions, violated constraints and exceeded limits of PostgreSQL. */
    private static boolean isTheDatasFault(DataAccessException failed) {
        String state = failed.sqlState();
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
    }
}
