package io.reprise.db.trigger;

import io.reprise.db.deadletter.Cause;
import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.run.NewRun;

/** What a trigger made of one record. */
public sealed interface TriggerRecord {

    SourceRecord record();

    /** It asks for a run. */
    record Start(SourceRecord record, NewRun run) implements TriggerRecord {}

    /** It can never become a run. */
    record Poison(SourceRecord record, Cause cause) implements TriggerRecord {}

    /** It is none of those that the trigger is for: it is counted and passed. */
    record Filtered(SourceRecord record) implements TriggerRecord {}

    /** It became a run before, and somebody set the trigger back since: it is passed. */
    record Known(SourceRecord record) implements TriggerRecord {}
}
