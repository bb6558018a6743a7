package io.reprise.worker.trigger;

import io.reprise.catalog.trigger.Batching;
import io.reprise.catalog.trigger.StormRule;
import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.trigger.TriggerRecord;
import java.util.List;

/** What is made of records: runs to start, reasons why there never can be one, or nothing. */
public interface RecordReader {

    ReadRecord read(SourceRecord found);

    /** How often a record that cannot be read yet is tried before it is given up. */
    default int attempts() {
        return 5;
    }

    /** How many records share one run. */
    default Batching batching() {
        return Batching.NONE;
    }

    /** When records that fail alike stop the trigger. */
    default StormRule storm() {
        return StormRule.USUAL;
    }

    /** Lets consecutive records that ask for equal things share a run. */
    default List<TriggerRecord> join(List<TriggerRecord> read) {
        return read;
    }
}
