package io.reprise.worker.trigger;

import io.reprise.db.deadletter.Cause;
import io.reprise.db.trigger.TriggerRecord;

/** What reading a record came to. */
public sealed interface ReadRecord {

    record Done(TriggerRecord record) implements ReadRecord {}

    /**
     * It cannot be read now.
     *
     * @param away whether nobody could say; else it is given up after some attempts
     * @param cause for which it is given up then
     */
    record NotYet(boolean away, String words, Cause cause) implements ReadRecord {}
}
