package io.reprise.worker.trigger;

import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.trigger.TriggerRecord;

/** What a feature makes of a record: a run to start, or the reason why it never can be one. */
@FunctionalInterface
public interface RecordReader {

    TriggerRecord read(SourceRecord found);
}
