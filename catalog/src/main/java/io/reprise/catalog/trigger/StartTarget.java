package io.reprise.catalog.trigger;

import io.reprise.workflows.trigger.RequestedRun;

/** What a trigger starts: how a record asks for it, and what run that is. */
interface StartTarget {

    Wish read(DecodedRecord found) throws BadRecord;

    /** The run of these records, which all have this wish. */
    RequestedRun run(Wish wish, RecordSpan span) throws BadRecord;
}
